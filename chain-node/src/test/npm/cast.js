// cast, the command line of Foundry: what its users type, against the node.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { PROBE, TETHER } from './contracts.js';
import { ADDRESSES, CHAIN_ID, KEYS, program } from './nodes.js';

const run = promisify(execFile);
const ME = ADDRESSES[7];
const OTHER = '0x00000000000000000000000000000000c0ffee00';

export function castSuite(running) {
  let probe;
  let filled;

  /** What cast prints. */
  async function cast(...options) {
    const environment = { ...process.env, ETH_RPC_URL: running().url, NO_COLOR: '1' };
    const { stdout } = await run(program('cast'), options, { env: environment });
    return stdout.trim();
  }
  const json = async (...options) => JSON.parse(await cast(...options, '--json'));
  const send = (...options) => json('send', '--private-key', KEYS[7], ...options);

  before(async () => {
    probe = (await send('--create', PROBE.bytecode)).contractAddress;
    filled = (await send(probe, 'fill(uint256)', '4')).transactionHash;
  });

  test('reads the chain', async () => {
    assert.equal(await cast('chain-id'), `${CHAIN_ID}`);
    assert.match(await cast('client'), /\S+\/\S+/);
    assert.ok(BigInt(await cast('gas-price')) > 0n);
    assert.ok(BigInt(await cast('base-fee')) > 0n);
    assert.ok(Number(await cast('block-number')) >= 2);
    assert.equal(Number(await cast('block', 'latest', '-f', 'number')), Number(await cast('block-number')));
    assert.match(await cast('block', 'earliest'), /hash +0x[0-9a-f]{64}/);
    assert.equal(await cast('balance', ADDRESSES[8], '--block', 'earliest', '--ether'), '10000.000000000000000000');
    assert.ok((await cast('age', 'latest')).length > 0);
  });

  test('sends ether of every type', async () => {
    for (const options of [
      ['--legacy'],
      ['--access-list', JSON.stringify([{ address: probe, storageKeys: [] }])],
      [],
    ]) {
      const receipt = await send(OTHER, '--value', '0.1ether', ...options);
      assert.equal(receipt.status, '0x1');
    }
    assert.equal(await cast('balance', OTHER, '--ether'), '0.300000000000000000');
    assert.equal(Number(await cast('nonce', ME)), 5);
  });

  test('makes, publishes and shows a transaction', async () => {
    const raw = await cast('mktx', '--private-key', KEYS[7], OTHER, '--value', '1');
    const hash = await cast('publish', raw, '--async');
    assert.equal(await cast('receipt', hash, 'status'), 'true');
    const shown = await json('tx', hash);
    assert.equal(shown.from, ME.toLowerCase());
    assert.equal(shown.hash, hash);
    assert.equal(await cast('tx', hash, '--raw'), raw);
  });

  test('calls, estimates and explains', async () => {
    assert.equal(await cast('call', probe, 'slots(uint256)(uint256)', '2'), '3');
    assert.equal(await cast('storage', probe, await cast('index', 'uint256', '2', '1')), `0x${'3'.padStart(64, '0')}`);
    assert.ok(BigInt(await cast('estimate', probe, 'fill(uint256)', '9')) > 100_000n);
    assert.ok((await cast('code', probe)).length > 100);
    assert.match(await cast('codehash', probe), /^0x[0-9a-f]{64}$/);
    assert.match(await cast('storage-root', probe), /^0x[0-9a-f]{64}$/);
    await assert.rejects(cast('call', probe, 'reason()'), /because/);
    await assert.rejects(cast('call', probe, 'custom()'), /0x[0-9a-f]*07|Refused/);
    await assert.rejects(cast('call', probe, 'divide(uint256)', '0'), /division or modulo by zero|0x12/);
    await assert.rejects(cast('estimate', probe, 'reason()'), /because/);
    await assert.rejects(send(probe, 'reason()'), /because/);
    assert.match(await cast('access-list', probe, 'fill(uint256)', '2'), /access list/);
  });

  test('finds logs and proves storage', async () => {
    const receipt = await send(probe, 'note(uint256,string)', '12', 'from cast');
    const logs = await json('logs', '--address', probe, 'Noted(address indexed,uint256 indexed,string)', ME);
    assert.deepEqual(
      logs.map((log) => log.transactionHash),
      [receipt.transactionHash],
    );
    const proof = JSON.parse(await cast('proof', probe, '0x0'));
    assert.equal(BigInt(proof.storageProof[0].value), 12n);
  });

  test('moves a token that answers nothing', async () => {
    const types = 'constructor(string,string,address,uint256)';
    const tether = (await send('--create', TETHER.bytecode, types, 'Tether', 'USDT', ME, '1000000')).contractAddress;
    await send(tether, 'transfer(address,uint256)', OTHER, '250000');
    assert.match(await cast('call', tether, 'balanceOf(address)(uint256)', OTHER), /^250000/);
    assert.match(await cast('erc20', 'balance', tether, OTHER), /^250000/);
  });

  test('runs a mined transaction again on the state it met', async () => {
    const printed = await cast('run', filled, '--quick');
    assert.match(printed, /fill\(4\)|fill\(uint256\)|8aaa9f6a|Traces/i);
    assert.match(printed, /Transaction successfully executed/);
    const { gasUsed } = await json('receipt', filled);
    assert.match(printed, new RegExp(`Gas used: ${Number(gasUsed)}`));
  });

  test('looks into the pool', async () => {
    const status = await json('tx-pool', 'status');
    assert.deepEqual(Object.keys(status).sort(), ['pending', 'queued']);
    const content = await json('tx-pool', 'content');
    assert.deepEqual(Object.keys(content).sort(), ['pending', 'queued']);
    assert.equal(await cast('rpc', 'net_version'), `"${CHAIN_ID}"`);
  });
}
