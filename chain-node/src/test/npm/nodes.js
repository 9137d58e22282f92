// The nodes under test: ours through its launcher, and anvil. Both start with the same accounts, chain identifier,
// base fee and gas limit, and seal a block as soon as there is a transaction.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LAUNCHER = process.env.FONDACO ?? fileURLToPath(new URL('../../../../fondaco', import.meta.url));
const START_SECONDS_MAX = 180;
const STOP_SECONDS_MAX = 30;

export const CHAIN_ID = 31337;
/** As anvil's. */
const COINBASE = `0x${'00'.repeat(20)}`;

export const GAS_LIMIT = 30_000_000;

/** Private keys of anvil's well-known accounts; each has 10,000 ether. */
export const KEYS = [
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  '0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
  '0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a',
  '0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba',
  '0x92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e',
  '0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356',
  '0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97',
  '0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6',
];

/** Their addresses, in the same order. */
export const ADDRESSES = [
  '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
  '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
  '0x976EA74026E726554dB657fA54763abd0C3a0aa9',
  '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955',
  '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f',
  '0xa0Ee7A142d267C1f36714E4a8F75612F20a79720',
];

/** The path of a program that a package of npm brought for this machine. */
export function program(name) {
  const from = createRequire(import.meta.url).resolve(`@foundry-rs/${name}/package.json`);
  return join(dirname(from), '..', `${name}-${process.platform}-${arch()}`, 'bin', name);
}

function arch() {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

function genesis() {
  const alloc = Object.fromEntries(ADDRESSES.map((address) => [address, { balance: '0x21e19e0c9bab2400000' }]));
  return {
    config: {
      chainId: CHAIN_ID,
      homesteadBlock: 0,
      eip150Block: 0,
      eip155Block: 0,
      eip158Block: 0,
      byzantiumBlock: 0,
      constantinopleBlock: 0,
      petersburgBlock: 0,
      istanbulBlock: 0,
      berlinBlock: 0,
      londonBlock: 0,
      evmRules: 'cancun',
      instant: {},
    },
    difficulty: '0x0',
    gasLimit: '0x' + GAS_LIMIT.toString(16),
    // An eighth above anvil's first base fee: EIP-1559 lowers it by an eighth in the block after an empty one.
    baseFeePerGas: '0x441e9db6',
    alloc,
  };
}

/** An error that a node answered with. */
export class RpcError extends Error {
  constructor({ code, message, data }) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export class Node {
  #child;
  #id = 0;

  static async start(kind) {
    const node = new Node(kind);
    try {
      await node.#begin();
    } catch (error) {
      await node.stop();
      throw new Error(`${error.message}\n${node.output}`);
    }
    return node;
  }

  constructor(kind) {
    this.kind = kind;
    this.output = '';
  }

  async #begin() {
    switch (this.kind) {
      case 'anvil':
        return this.#startAnvil();
      case 'fondaco':
        return this.#startFondaco();
      default:
        return this.#startDevelopment();
    }
  }

  /** Our node as a developer starts it: a chain of its own with a funded account. */
  async #startDevelopment() {
    this.data = await mkdtemp(join(tmpdir(), 'fondaco-dev-'));
    const folder = ['--datadir', join(this.data, 'node')];
    this.#spawn(LAUNCHER, ['node', 'run', '--dev', ...folder, '--http', '--http.port', '0']);
    [, this.url] = await this.#printed(/(http:\/\/127\.0\.0\.1:\d+)/);
  }

  async #startAnvil() {
    this.#spawn(program('anvil'), ['--hardfork', 'cancun', '--port', '0', '--chain-id', `${CHAIN_ID}`, '--steps-tracing']);
    const [, port] = await this.#printed(/Listening on 127\.0\.0\.1:(\d+)/);
    this.url = `http://127.0.0.1:${port}`;
    this.socketUrl = `ws://127.0.0.1:${port}`;
  }

  async #startFondaco() {
    this.data = await mkdtemp(join(tmpdir(), 'fondaco-node-'));
    const file = join(this.data, 'genesis.json');
    await writeFile(file, JSON.stringify(genesis()));
    const folder = ['--datadir', join(this.data, 'node')];
    this.#spawn(LAUNCHER, ['node', 'init', ...folder, file]);
    const [code] = await once(this.#child, 'exit');
    if (code !== 0) {
      throw new Error(`init ended with ${code}`);
    }
    const apis = 'eth,net,web3,txpool,debug';
    const http = ['--http', '--http.port', '0', '--http.api', apis];
    const socket = ['--ws', '--ws.port', '0', '--ws.api', apis];
    this.#spawn(LAUNCHER, ['node', 'run', ...folder, '--mine', '--miner.etherbase', COINBASE, ...http, ...socket]);
    [, this.url] = await this.#printed(/(http:\/\/127\.0\.0\.1:\d+)/);
    [, this.socketUrl] = await this.#printed(/(ws:\/\/127\.0\.0\.1:\d+)/);
  }

  #spawn(command, options) {
    this.#child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (this.output += chunk));
    }
  }

  async #printed(pattern) {
    const deadline = Date.now() + START_SECONDS_MAX * 1000;
    for (;;) {
      const found = this.output.match(pattern);
      if (found) {
        return found;
      }
      if (this.#child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`${this.kind} does not serve`);
      }
      await Promise.race([once(this.#child.stdout, 'data'), once(this.#child, 'exit'), pause(1000)]);
    }
  }

  /** The result of a call, or an RpcError. */
  async rpc(method, ...params) {
    const { body } = await this.post(JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params }));
    const answer = JSON.parse(body);
    if (answer.error) {
      throw new RpcError(answer.error);
    }
    return answer.result;
  }

  /** What a call answers, error or not, without id. */
  async answer(method, ...params) {
    const { body } = await this.post(JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params }));
    const { result, error } = JSON.parse(body);
    return error ? { error } : { result };
  }

  /** Any text over HTTP. */
  async post(text, headers = { 'content-type': 'application/json' }) {
    const response = await fetch(this.url, { method: 'POST', headers, body: text });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  /** SIGTERM, as an operator would; the exit must be in time. */
  async stop() {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS_MAX * 1000);
      await ended;
      clearTimeout(kill);
    }
    if (this.data) {
      await rm(this.data, { recursive: true, force: true });
    }
    if (child?.signalCode === 'SIGKILL') {
      throw new Error(`${this.kind} did not stop on SIGTERM`);
    }
  }
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis).unref());
}

/** Asks until the condition gives something. */
export async function eventually(what, condition, seconds = 15) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`never happened: ${what}`);
    }
    await pause(20);
  }
}
