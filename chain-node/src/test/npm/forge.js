// A Foundry project on OpenZeppelin: its script deploys to the node, then its tests run on a fork of the node's chain.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ADDRESSES, KEYS, program } from './nodes.js';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('.', import.meta.url));
const OWNER = ADDRESSES[8];

export function forgeSuite(running) {
  let folder;
  let deployed;

  async function forge(...options) {
    const environment = {
      ...process.env,
      ...deployed,
      NO_COLOR: '1',
      FOUNDRY_OUT: join(folder, 'out'),
      FOUNDRY_CACHE_PATH: join(folder, 'cache'),
      FOUNDRY_BROADCAST: join(folder, 'broadcast'),
    };
    try {
      const { stdout } = await run(program('forge'), options, { cwd: PROJECT, env: environment });
      return stdout;
    } catch (error) {
      throw new Error(`forge ${options[0]}: ${error.stdout}${error.stderr}`);
    }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fondaco-forge-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  test('the script deploys', async () => {
    const url = running().url;
    const key = ['--private-key', KEYS[8], '--sender', OWNER];
    const printed = await forge('script', 'Deploy', '--rpc-url', url, '--broadcast', ...key, '--json');
    const { returns } = JSON.parse(printed.split('\n').find((line) => line.includes('"returns"')));
    deployed = { OWNER, COIN: returns.coin.value, VAULT: returns.vault.value };
    assert.notEqual(await running().rpc('eth_getCode', deployed.VAULT, 'latest'), '0x');
  });

  test('the tests pass on a fork of the chain', async () => {
    const printed = await forge('test', '--fork-url', running().url, '--json', '--fuzz-runs', '32', '--fuzz-seed', '1');
    const suites = Object.values(JSON.parse(printed));
    const results = suites.flatMap(({ test_results }) => Object.entries(test_results));
    assert.deepEqual(
      results.filter(([, { status }]) => status !== 'Success'),
      [],
    );
    assert.equal(results.length, 5);
  });

  test('forge create deploys one contract', async () => {
    const where = ['--rpc-url', running().url, '--private-key', KEYS[8], '--broadcast', '--json'];
    const printed = await forge('create', 'foundry/src/Vault.sol:Coin', ...where, '--constructor-args', '7');
    const { deployedTo } = JSON.parse(printed.slice(printed.indexOf('{')));
    const supply = await running().rpc('eth_call', { to: deployedTo, data: '0x18160ddd' }, 'latest');
    assert.equal(BigInt(supply), 7n);
  });
}
