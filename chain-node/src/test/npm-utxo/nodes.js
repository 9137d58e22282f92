// The nodes under test: ours through its launcher, and litecoind; each in a folder of its own and without peers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAUNCHER = process.env.FONDACO ?? fileURLToPath(new URL('../../../../fondaco', import.meta.url));
const START_SECONDS_MAX = 240;
const STOP_SECONDS_MAX = 30;
const RETRY_MILLIS = 100;
const USER = 'test';
const PASSWORD = 'differential';

/** Without it block 432 activates extension blocks, after which litecoind's generatetoaddress fails. */
const NO_MWEB = '-vbparams=mweb:4000000000:4000000001';

export class Node {
  #child;
  #output = '';

  static async start(name, command, options) {
    const node = new Node();
    node.name = name;
    node.folder = await mkdtemp(join(tmpdir(), `${name}-`));
    node.port = await freePort();
    node.#spawn(command, options(node));
    try {
      await node.#answers();
    } catch (error) {
      await node.stop();
      throw error;
    }
    return node;
  }

  static fondaco(coin) {
    return Node.start(`fondaco-${coin}`, LAUNCHER, (node) => [
      ...['node', '--chain', coin, '--datadir', node.folder, '--rpcport', `${node.port}`],
      ...['--rpcuser', USER, '--rpcpassword', PASSWORD],
    ]);
  }

  static litecoind() {
    return Node.start('litecoind', 'litecoind', (node) => [
      ...['-regtest', `-datadir=${node.folder}`, NO_MWEB, '-txindex', '-disablewallet', '-server'],
      ...['-listen=0', '-connect=0', '-dnsseed=0', '-printtoconsole=0', `-rpcport=${node.port}`],
      ...[`-rpcuser=${USER}`, `-rpcpassword=${PASSWORD}`],
    ]);
  }

  #spawn(command, options) {
    this.#child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.on('error', (error) => (this.#output += error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (this.#output += chunk));
    }
  }

  async #answers() {
    const deadline = Date.now() + START_SECONDS_MAX * 1000;
    while (Date.now() < deadline && this.#child.exitCode === null && this.#child.pid) {
      try {
        await this.rpc('getblockcount');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
      }
    }
    throw new Error(`${this.name} does not serve\n${this.#output}`);
  }

  /** The answers to many calls, in order: {result} or {error}. */
  async batch(calls) {
    const response = await fetch(`http://127.0.0.1:${this.port}/`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}` },
      body: JSON.stringify(calls.map(([method, ...params], id) => ({ id, method, params }))),
    });
    const answers = JSON.parse(await response.text());
    return answers.sort((a, b) => a.id - b.id);
  }

  /** The result of a call; an error's message begins with the method. */
  async rpc(method, ...params) {
    const [{ result, error }] = await this.batch([[method, ...params]]);
    if (error) {
      throw Object.assign(new Error(`${this.name} ${method}: ${error.message}`), error);
    }
    return result;
  }

  /** SIGTERM, as an operator would; the exit must be in time. */
  async stop() {
    const child = this.#child;
    if (child.pid && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS_MAX * 1000);
      await ended;
      clearTimeout(kill);
    }
    await rm(this.folder, { recursive: true, force: true });
    if (child.signalCode === 'SIGKILL') {
      throw new Error(`${this.name} did not stop on SIGTERM`);
    }
  }
}

/** Below the range that the kernel takes ports of outgoing connections from: nothing takes it before it is used. */
async function freePort() {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        continue;
      }
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
