// Starts the real venue through its launcher, on a fresh data folder and any free port.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAUNCHER = process.env.FONDACO ?? fileURLToPath(new URL('../../../../fondaco', import.meta.url));
const START_SECONDS_MAX = 180;
const STOP_SECONDS_MAX = 60;

export class Venue {
  static async start(...options) {
    const data = await mkdtemp(join(tmpdir(), 'fondaco-npm-'));
    const child = spawn(LAUNCHER, ['up', '--port', '0', '--data', join(data, 'venue'), ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const venue = new Venue(data, child);
    try {
      await venue.#ready();
    } catch (error) {
      await venue.stop();
      throw new Error(`${error.message}\n${venue.output}`);
    }
    return venue;
  }

  constructor(data, child) {
    this.data = data;
    this.child = child;
    this.output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (this.output += chunk));
    }
  }

  /** The venue answers when its credentials file names its address and ping is answered. */
  async #ready() {
    const file = join(this.data, 'venue', 'demo-credentials.json');
    const deadline = Date.now() + START_SECONDS_MAX * 1000;
    while (Date.now() < deadline) {
      assert.equal(this.child.exitCode, null, 'the venue ended before it served');
      const credentials = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { baseUrl: '' };
      if (credentials.baseUrl) {
        assert.equal(statSync(file).mode & 0o777, 0o600, 'mode of the credentials file');
        const answer = await fetch(`${credentials.baseUrl}/api/v3/ping`);
        assert.equal(answer.status, 200);
        this.baseUrl = credentials.baseUrl;
        this.users = Object.fromEntries(credentials.users.map((user) => [user.name, user]));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the venue does not serve after ${START_SECONDS_MAX} s`);
  }

  /** SIGTERM, as an operator would; the exit must be clean and in time. */
  async stop() {
    try {
      if (this.child.exitCode === null && this.child.signalCode === null) {
        const ended = once(this.child, 'exit');
        this.child.kill('SIGTERM');
        const kill = setTimeout(() => this.child.kill('SIGKILL'), STOP_SECONDS_MAX * 1000);
        await ended;
        clearTimeout(kill);
      }
    } finally {
      await rm(this.data, { recursive: true, force: true });
    }
    assert.notEqual(this.child.signalCode, 'SIGKILL', 'the venue did not stop on SIGTERM');
  }
}

/** Asks until the condition gives something; for what happens beside the caller, such as a simulator. */
export async function eventually(what, condition, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`never happened: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
