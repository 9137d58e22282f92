// The npm client ws subscribes; a payment enters the pool, is mined, unmined and mined again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as bitcoin from 'bitcoinjs-lib';
import WebSocket from 'ws';
import * as coins from './coins.js';
import { Node } from './nodes.js';

const NETWORK = bitcoin.networks.regtest;
const [KEY] = coins.KEYS;
const ADDRESS = coins.payments.p2pkh({ pubkey: KEY.publicKey, network: NETWORK }).address;

let node;

before(async () => {
  node = await Node.fondaco('btc');
  await node.rpc('generatetoaddress', 101, ADDRESS);
});

after(() => node?.stop());

/** Messages one after another; the first says where the chain is. */
function subscribe(topic) {
  const url = new URL(topic.address);
  [url.username, url.password] = ['test', 'differential'];
  const socket = new WebSocket(url);
  const heard = [];
  const waiting = [];
  const give = (message) => (waiting.length > 0 ? waiting.shift().resolve(message) : heard.push(message));
  socket.on('message', (text) => give(JSON.parse(text)));
  socket.on('error', (error) => waiting.splice(0).forEach(({ reject }) => reject(error)));
  return {
    next: () =>
      heard.length > 0
        ? Promise.resolve(heard.shift())
        : new Promise((resolve, reject) => waiting.push({ resolve, reject })),
    close: () => socket.close(),
  };
}

async function payment() {
  const { tx } = await node.rpc('getblock', await node.rpc('getblockhash', 1), 2);
  const psbt = new bitcoin.Psbt({ network: NETWORK });
  psbt.addInput({ hash: tx[0].txid, index: 0, nonWitnessUtxo: Buffer.from(tx[0].hex, 'hex') });
  psbt.addOutput({ address: ADDRESS, value: 4_999_990_000n });
  psbt.signAllInputs(KEY).finalizeAllInputs();
  return psbt.extractTransaction();
}

test('a payment and its block are told as they come, go and come again', { timeout: 60_000 }, async () => {
  const told = await node.rpc('getzmqnotifications');
  assert.deepEqual(
    told.map(({ type }) => type),
    ['pubhashblock', 'pubhashtx', 'pubrawblock', 'pubrawtx', 'pubsequence'],
  );
  const [hashes, , , transactions, steps] = told.map(subscribe);
  const start = { hashes: await hashes.next(), transactions: await transactions.next(), steps: await steps.next() };
  assert.equal(start.steps.height, 101);
  assert.deepEqual(start.hashes.next, { hashblock: 101 });

  const paid = await payment();
  const txid = await node.rpc('sendrawtransaction', paid.toHex());
  assert.deepEqual(await transactions.next(), { topic: 'rawtx', sequence: 101, txid, hex: paid.toHex() });
  const added = await steps.next();
  assert.deepEqual([added.label, added.txid], ['A', txid]);
  const { mempool_sequence: counted } = await node.rpc('getrawmempool', false, true);
  assert.equal(added.mempool_sequence, counted);

  const [hash] = await node.rpc('generatetoaddress', 1, ADDRESS);
  const block = { hash, height: 102, previousblockhash: start.steps.hash };
  assert.deepEqual(await steps.next(), { topic: 'sequence', sequence: 102, label: 'C', ...block });
  assert.deepEqual(await hashes.next(), { topic: 'hashblock', sequence: 101, ...block });
  await transactions.next(); // the coinbase
  assert.equal((await transactions.next()).txid, txid);

  await node.rpc('invalidateblock', hash);
  assert.deepEqual(await steps.next(), { topic: 'sequence', sequence: 103, label: 'D', ...block });
  const back = await steps.next();
  assert.deepEqual([back.label, back.txid, back.sequence], ['A', txid, 104]);
  assert.deepEqual(await node.rpc('getrawmempool'), [txid]);

  await node.rpc('reconsiderblock', hash);
  assert.deepEqual(await steps.next(), { topic: 'sequence', sequence: 105, label: 'C', ...block });
  assert.deepEqual(await node.rpc('getrawmempool'), []);
  [hashes, transactions, steps].forEach((each) => each.close());
});

test('without the password nothing is told', { timeout: 60_000 }, async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${node.port}/notifications?topics=rawtx`);
  const [status] = await new Promise((resolve) =>
    socket.on('unexpected-response', (_, response) => resolve([response.statusCode])).on('error', () => {}),
  );
  assert.equal(status, 401);
});
