// Bad input, from a slip of the pen to an attack: each is refused with a code, in time, and the node goes on serving.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPublicClient, createWalletClient, encodeFunctionData, http, parseGwei, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import WebSocket from 'ws';
import { PROBE } from './contracts.js';
import { PARAMETERS, REFUSED, REQUEST, REVERTED } from './inputs.js';
import { badRequests, badTexts, badTransactions, blobTransactions, sign } from './inputs.js';
import { ADDRESSES, CHAIN_ID, KEYS } from './nodes.js';

const account = privateKeyToAccount(KEYS[9]);
const ME = ADDRESSES[9];
const CALL_SECONDS_MAX = 10;

export function badInputSuite(running) {
  // anvil refuses too, but not with geth's codes.
  const ours = () => running().kind !== 'anvil';
  let probe;

  before(async () => {
    const transport = http(running().url, { retryCount: 0 });
    const wallet = createWalletClient({ account, transport });
    const client = createPublicClient({ transport, pollingInterval: 50 });
    const hash = await wallet.deployContract({
      abi: PROBE.abi,
      bytecode: PROBE.bytecode,
      chain: null,
      type: 'eip1559',
    });
    probe = (await client.waitForTransactionReceipt({ hash })).contractAddress;
  });

  after(async () => assert.equal(await running().rpc('eth_chainId'), `0x${CHAIN_ID.toString(16)}`));

  const rpc = (...call) => running().rpc(...call);
  const answer = (...call) => running().answer(...call);
  const nonce = async () => Number(await rpc('eth_getTransactionCount', ME, 'latest'));
  const call = (functionName, args = []) => [
    { from: ME, to: probe, data: encodeFunctionData({ abi: PROBE.abi, functionName, args }) },
    'latest',
  ];

  test('requests that make no sense', async () => {
    for (const [code, method, parameters] of badRequests) {
      const { error, result } = await answer(method, ...parameters);
      const what = `${method} ${JSON.stringify(parameters)}: ${JSON.stringify(error ?? result)}`;
      if (ours() || error) {
        assert.ok(error, what);
        assert.equal(typeof error.message, 'string', what);
        assert.equal(error.code, code, what);
      }
    }
  });

  test('texts that are not JSON-RPC', async () => {
    for (const [code, text] of badTexts) {
      const { body } = await running().post(text);
      const { error, id, jsonrpc } = JSON.parse(body);
      assert.equal(jsonrpc, '2.0');
      assert.equal(id, text.includes('"id"') && text.endsWith('}') ? 1 : null, text.slice(0, 60));
      assert.ok(ours() ? error.code === code : error.code < 0, `${text.slice(0, 60)}: ${JSON.stringify(error)}`);
    }
  });

  test('transactions that no node may take', async () => {
    const before = await rpc('eth_getTransactionCount', ME, 'pending');
    for (const [what, raw] of Object.entries(await badTransactions(await nonce()))) {
      const { error, result } = await answer('eth_sendRawTransaction', raw);
      if (ours()) {
        assert.ok(error, `${what} was taken: ${result}`);
        assert.ok(error.code === REFUSED || error.code === PARAMETERS, `${what}: ${JSON.stringify(error)}`);
        assert.ok(error.message.length > 8, `${what}: ${error.message}`);
      }
    }
    if (ours()) {
      assert.equal(await rpc('eth_getTransactionCount', ME, 'pending'), before);
    }
  });

  test('a blob transaction is refused, and says why', async () => {
    if (!ours()) {
      return;
    }
    for (const raw of await blobTransactions(await nonce())) {
      const { error } = await answer('eth_sendRawTransaction', raw);
      assert.equal(error.code, REFUSED);
      assert.match(error.message, /blob/i);
    }
  });

  test('a replacement costs a tenth more, and a known transaction is not new', async () => {
    if (!ours()) {
      return;
    }
    // Its nonce is too far, so that it waits.
    const far = { nonce: (await nonce()) + 5, fee: parseGwei('100'), tip: parseGwei('10') };
    const raw = await sign(far);
    await rpc('eth_sendRawTransaction', raw);
    const again = await answer('eth_sendRawTransaction', raw);
    assert.match(again.error.message, /already known/);
    for (const [fee, tip] of [
      [109, 11],
      [110, 10],
      [50, 5],
    ]) {
      const cheap = await sign({ ...far, value: 2n, fee: parseGwei(`${fee}`), tip: parseGwei(`${tip}`) });
      const { error } = await answer('eth_sendRawTransaction', cheap);
      assert.match(error.message, /replacement transaction underpriced/, `${fee} ${tip}`);
      assert.equal(error.code, REFUSED);
    }
    const dear = await sign({ ...far, value: 2n, fee: parseGwei('110'), tip: parseGwei('11') });
    const hash = await rpc('eth_sendRawTransaction', dear);
    const { queued } = await rpc('txpool_content');
    assert.equal(queued[ME][far.nonce].hash, hash);
    assert.equal((await rpc('eth_getTransactionByHash', hash)).blockHash, null);
  });

  test('calls that never end, hoard memory or recurse are stopped', async () => {
    for (const functionName of ['forever', 'hoard', 'recurse', 'invalid']) {
      const begun = Date.now();
      const { error } = await answer('eth_call', ...call(functionName));
      assert.ok(error, functionName);
      const seconds = (Date.now() - begun) / 1000;
      assert.ok(seconds < CALL_SECONDS_MAX, `${functionName} took ${seconds} s`);
    }
    const estimate = await answer('eth_estimateGas', call('forever')[0]);
    assert.ok(estimate.error);
  });

  test('a revert comes with its data', async () => {
    const { error } = await answer('eth_call', ...call('reason'));
    assert.equal(error.code, REVERTED);
    assert.equal(error.message, 'execution reverted: because');
    assert.equal(error.data.slice(0, 10), '0x08c379a0');
    const custom = await answer('eth_estimateGas', call('custom')[0]);
    assert.equal(custom.error.code, REVERTED);
    assert.equal(custom.error.data.length, 2 + 8 + 128);
    const silent = await answer('eth_call', ...call('silent'));
    assert.equal(silent.error.code, REVERTED);
    assert.equal(silent.error.data, '0x');
  });

  test('a batch has a limit, and its members their own answers', async () => {
    if (!ours()) {
      return;
    }
    const one = (id, method = 'eth_chainId') => ({ jsonrpc: '2.0', id, method, params: [] });
    const batch = [one(1), one(2, 'eth_none'), { jsonrpc: '2.0', id: 3 }, 5, { jsonrpc: '2.0', method: 'eth_chainId' }];
    const { body } = await running().post(JSON.stringify(batch));
    const answers = JSON.parse(body);
    assert.equal(answers[0].result, `0x${CHAIN_ID.toString(16)}`);
    assert.equal(answers[1].error.code, -32601);
    assert.equal(answers[2].error.code, REQUEST);
    assert.equal(answers.length, 4, 'a notification is not answered');
    const many = Array.from({ length: 10_000 }, (_, id) => one(id));
    const refused = JSON.parse((await running().post(JSON.stringify(many))).body);
    const { error } = refused[0] ?? refused;
    assert.match(error.message, /batch too large/);
    assert.equal(error.code, REQUEST);
  });

  test('a body too large, a method and a type that HTTP does not take', async () => {
    if (!ours()) {
      return;
    }
    const large = await running().post(
      `{"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x${'00'.repeat(4 << 20)}"]}`,
    );
    assert.equal(large.status, 413);
    const text = await running().post('{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', {
      'content-type': 'text/plain',
    });
    assert.equal(text.status, 415);
    const put = await fetch(running().url, { method: 'PUT', body: '{}' });
    assert.equal(put.status, 405);
    const foreign = await running().post('{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', {
      'content-type': 'application/json',
      origin: 'http://evil.example',
    });
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });

  test('methods that were not switched on are not there', async () => {
    if (!ours()) {
      return;
    }
    for (const method of ['personal_listAccounts', 'personal_unlockAccount', 'admin_nodeInfo', 'miner_start']) {
      const { error } = await answer(method);
      assert.equal(error?.code, -32601, method);
    }
    const { error } = await answer('eth_sendTransaction', { from: ME, to: ME, value: '0x1' });
    assert.ok(error, 'an account that the node does not hold');
  });

  test('log ranges that are backwards, ahead, or both a range and a block', async () => {
    const block = await rpc('eth_getBlockByNumber', 'latest', false);
    const both = await answer('eth_getLogs', { blockHash: block.hash, fromBlock: '0x0' });
    assert.ok(both.error);
    const unknown = await answer('eth_getLogs', { blockHash: toHex(1, { size: 32 }) });
    assert.ok(unknown.error);
    const wide = await answer('eth_getLogs', { fromBlock: '0x0', toBlock: '0xffffffffff' });
    assert.ok(wide.error || Array.isArray(wide.result));
    if (ours()) {
      const backwards = await answer('eth_getLogs', { fromBlock: block.number, toBlock: '0x0' });
      assert.ok(backwards.error);
      const many = await answer('eth_getLogs', { address: Array.from({ length: 10_000 }, () => ME) });
      assert.ok(many.error);
      const topics = await answer('eth_getLogs', { topics: [null, null, null, null, null] });
      assert.ok(topics.error);
    }
  });

  test('a WebSocket that speaks nonsense is answered and lives on', async () => {
    // Text that is no JSON may cost the connection, as it does in geth, but not without a word.
    const lost = await open();
    assert.ok((await ask(lost, '{')).error.code < 0);
    lost.close();

    const socket = await open();
    for (const text of ['[]', '{}', '{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["nothing"]}']) {
      assert.ok((await ask(socket, text)).error.code < 0, text);
    }
    const gone = await ask(socket, '{"jsonrpc":"2.0","id":2,"method":"eth_unsubscribe","params":["0x1"]}');
    assert.ok(gone.error || gone.result === false);
    assert.equal((await ask(socket, '{"jsonrpc":"2.0","id":3,"method":"eth_chainId"}')).id, 3);
    socket.close();
  });

  const open = () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(running().socketUrl);
      socket.once('open', () => resolve(socket)).once('error', reject);
    });

  const ask = (socket, text) =>
    new Promise((resolve, reject) => {
      socket.once('message', (data) => resolve(JSON.parse(data)));
      socket.once('close', () => reject(new Error('closed')));
      socket.send(text);
    });
}
