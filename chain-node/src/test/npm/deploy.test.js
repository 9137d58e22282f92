// fondaco node deploy puts the bundled contracts on a development chain.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createPublicClient, http } from 'viem';
import { LAUNCHER, Node } from './nodes.js';

const run = promisify(execFile);
const NAMES = ['Dollar', 'Tether', 'Collectible', 'Editions'];

describe('fondaco node deploy', () => {
  let node;

  before(async () => {
    node = await Node.start('development');
  });

  after(() => node?.stop());

  const deploy = async (...options) => (await run(LAUNCHER, ['node', 'deploy', ...options])).stdout;

  test('all contracts, found through their addresses', async () => {
    const deployed = JSON.parse(await deploy('--rpc', node.url, '--json'));
    assert.deepEqual(
      deployed.map(({ contract }) => contract),
      NAMES,
    );
    const client = createPublicClient({ transport: http(node.url) });
    const [owner] = await node.rpc('eth_accounts');
    const read = (at, functionName, args) =>
      client.readContract({ address: deployed[at].address, abi: deployed[at].abi, functionName, args });
    for (const token of [0, 1]) {
      assert.equal(await read(token, 'decimals'), 6);
      assert.equal(await read(token, 'balanceOf', [owner]), 10n ** 15n);
    }
    for (const collection of [2, 3]) {
      assert.equal((await read(collection, 'royaltyInfo', [1n, 10_000n]))[1], 500n);
    }
  });

  test('one contract for another owner, through the local socket', async () => {
    const owner = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
    const table = await deploy('--datadir', join(node.data, 'node'), '--owner', owner, 'tether');
    assert.match(table, /^contract +address +block +gas\nTether +0x[0-9a-f]{40} +\d+ +\d+\n$/);
  });

  test('what cannot be done ends with a reason', async () => {
    const fails = (reason, ...options) =>
      assert.rejects(deploy(...options), (error) => error.code === 1 && reason.test(error.stderr));
    await fails(/no contract Moon/, '--rpc', node.url, 'Moon');
    await fails(/no address/, '--rpc', node.url, '--owner', '0x12');
    await fails(/refuses/, '--rpc', node.url, '--from', `0x${'12'.repeat(20)}`);
    await fails(/Fatal/, '--rpc', 'http://127.0.0.1:1');
  });
});
