// litecoind 0.21 and our Litecoin node on regtest, past the height of every fork: the same transactions and blocks go
// to both, and both must give the same verdict. Where the words differ, the difference is named here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeBlock } from './blocks.js';
import * as coins from './coins.js';
import { mutate, mutateBytes, random } from './mutations.js';
import { Node } from './nodes.js';

const { KINDS, build } = coins;
const SEED = Number(process.env.FONDACO_SEED ?? 20_261_128);
const HEIGHT = 1_410;
const STEP_BLOCKS = 47;
/** First blocks of CSV, BIP34, BIP66 and BIP65 on litecoind's regtest. */
const FORKS = [432, 500, 1251, 1351];
/** Old enough for a coinbase to be spent, and before the first fork. */
const FUNDED_HEIGHT = 120;
const FEE = 10_000;
const ADDRESS = coins.payments.p2pkh({ pubkey: coins.KEYS[0].publicKey, network: coins.LITECOIN }).address;
const MINE = KINDS.p2pkh.output;
const below = random(SEED);
const differences = new Map();

let ours;
let theirs;

before(async () => {
  [ours, theirs] = await Promise.all([Node.fondaco('ltc'), Node.litecoind()]);
  console.log(`seed ${SEED}`);
});

after(async () => {
  for (const [words, times] of [...differences].sort()) {
    console.log(`words differ: ${words} (${times})`);
  }
  await Promise.all([ours?.stop(), theirs?.stop()]);
});

/** The first words of a reason: what follows a comma or a bracket is commentary. */
const reasonOf = (text) => text.split(/[,(]/)[0].trim();

function note(our, their) {
  if (reasonOf(our) !== reasonOf(their)) {
    const words = `ours "${reasonOf(our)}", litecoind's "${reasonOf(their)}"`;
    differences.set(words, (differences.get(words) ?? 0) + 1);
  }
}

/** Asks both the same; the answers must agree whether it is accepted. verdictOf gives '' or the reason. */
async function same(calls, verdictOf, names) {
  const [our, their] = await Promise.all([ours.batch(calls), theirs.batch(calls)]);
  const disagreements = [];
  const verdicts = calls.map((call, i) => {
    const [ourReason, theirReason] = [verdictOf(our[i]), verdictOf(their[i])];
    if ((ourReason === '') !== (theirReason === '')) {
      disagreements.push({ name: names[i], ours: ourReason, theirs: theirReason, call: JSON.stringify(call).slice(0, 3000) });
    }
    note(ourReason, theirReason);
    return ourReason;
  });
  assert.deepEqual(disagreements, [], `seed ${SEED}`);
  return verdicts;
}

const poolVerdict = ({ result, error }) => (error ? error.message : result[0].allowed ? '' : result[0]['reject-reason']);
const blockVerdict = ({ result, error }) => (error ? error.message : (result ?? ''));
const sendVerdict = ({ error }) => (error ? error.message : '');

/** Whether both pools would take each; all are of {name, tx or hex}. */
function inPools(all) {
  const calls = all.map(({ tx, hex }) => ['testmempoolaccept', [hex ?? tx.toHex()]]);
  return same(calls, poolVerdict, all.map(({ name }) => name));
}

/** Whether both would take a block with each transaction, in which the pool's policy does not count. */
async function inBlocks(all) {
  const parent = await tip();
  const calls = all.map(({ tx }) => {
    const data = makeBlock(parent, MINE, [tx].flat());
    return ['getblocktemplate', { mode: 'proposal', data, rules: ['segwit'] }];
  });
  return same(calls, blockVerdict, all.map(({ name }) => name));
}

function submit(all) {
  return same(all.map(({ hex }) => ['submitblock', hex]), blockVerdict, all.map(({ name }) => name));
}

async function send(all) {
  const verdicts = await same(all.map((tx) => ['sendrawtransaction', tx.toHex()]), sendVerdict, all.map(() => 'send'));
  assert.deepEqual(verdicts, all.map(() => ''));
}

async function tip() {
  const hash = await ours.rpc('getbestblockhash');
  assert.equal(await theirs.rpc('getbestblockhash'), hash);
  const { height, mediantime } = await ours.rpc('getblockheader', hash);
  return { hash, height, mediantime };
}

/** One mines and the other takes every block. */
async function mine(miner, other, blocks) {
  const hashes = await miner.rpc('generatetoaddress', blocks, ADDRESS);
  assert.equal(hashes.length, blocks);
  const bodies = await miner.batch(hashes.map((hash) => ['getblock', hash, 0]));
  const answers = await other.batch(bodies.map(({ result }) => ['submitblock', result]));
  assert.deepEqual(answers.map(blockVerdict), hashes.map(() => ''), `${miner.name} mined for ${other.name}`);
  return hashes;
}

/** A block with something wrong, by name; some are only wrong from a fork on. */
function wrongBlocks(parent) {
  const block = (name, changed) => ({ name: `${name} at ${parent.height + 1}`, hex: makeBlock(parent, MINE, [], changed) });
  return [
    block('version 1', { version: 1, value: 1 }),
    block('version 2', { version: 2, value: 2 }),
    block('version 3', { version: 3, value: 3 }),
    block('height', { heightInScript: parent.height + 2 }),
    block('work', { work: false }),
    block('bits', { bits: 0x207ffffe }),
    block('time too old', { time: parent.mediantime }),
    block('time too new', { time: Math.floor(Date.now() / 1000) + 7300 }),
    block('root', { root: Buffer.alloc(32, 1) }),
    block('previous', { previous: '11'.repeat(32) }),
    block('subsidy', { value: 5_000_000_001 }),
    block('no transaction', { body: () => [], root: Buffer.alloc(32) }),
    block('coinbase twice', { body: ([first]) => [first, first] }),
  ];
}

test('each mines for the other past every fork, and both refuse the same blocks at each fork', async () => {
  let miners = [ours, theirs];
  await mine(ours, theirs, FUNDED_HEIGHT - 1);
  const rules = await forkedRules();
  for (let height = FUNDED_HEIGHT; height < HEIGHT; ) {
    const next = FORKS.find((fork) => fork > height + 1) ?? Infinity;
    const blocks = Math.min(STEP_BLOCKS, next - 2 - height, HEIGHT - height);
    if (blocks > 0) {
      await mine(...miners, blocks);
      height += blocks;
      miners = miners.reverse();
    }
    // The block before a fork, and its first.
    for (let i = 0; height === next - 2 + i && i < 2; i++) {
      const wrong = wrongBlocks(await tip());
      await submitEach(wrong, height);
      const [absolute, relative] = await inBlocks(rules);
      assert.equal(absolute === '', height + 1 < FORKS[3], `CLTV at ${height + 1}: ${absolute}`);
      assert.equal(relative === '', height + 1 < FORKS[0], `CSV at ${height + 1}: ${relative}`);
      await mine(...miners, 1);
      height++;
    }
  }
  assert.equal((await tip()).height, HEIGHT);
  await sameUnspent();
});

/** Transactions that only some heights allow: locks that are not over, and signatures with a bit changed. */
async function forkedRules() {
  const locks = [false, true].flatMap((segwit) => [
    coins.wrapped(coins.ABSOLUTE(HEIGHT * 2), segwit),
    coins.wrapped(coins.RELATIVE(HEIGHT * 2), segwit),
  ]);
  const funded = await fund([...locks, KINDS.p2pkh, KINDS.multisig]);
  const all = funded.map((coin, i) => ({ name: `before its fork ${i}`, tx: pay(coin) }));
  all.push(...funded.map((coin, i) => ({ name: `sequence ${i}`, tx: pay(coin, { sequence: HEIGHT }) })));
  for (let i = 0; i < 60; i++) {
    const { name, changed } = mutate(all[4 + (i % 2)].tx, below);
    if (changed.ins.length > 0) {
      all.push({ name: `before its fork: ${name}`, tx: changed });
    }
  }
  return all;
}

/** Each alone on the block of a height. */
async function submitEach(all, height) {
  for (const each of all) {
    await submit([each]);
    await Promise.all([back(ours, height), back(theirs, height)]);
  }
}

/** Takes what was accepted above a height off again. */
async function back(node, height) {
  if ((await node.rpc('getblockcount')) > height) {
    await node.rpc('invalidateblock', await node.rpc('getblockhash', height + 1));
  }
}

async function sameUnspent() {
  const [our, their] = await Promise.all([ours.rpc('gettxoutsetinfo'), theirs.rpc('gettxoutsetinfo')]);
  for (const field of ['height', 'bestblock', 'txouts', 'total_amount', 'bogosize', 'hash_serialized_2']) {
    if (field in our) {
      assert.equal(our[field], their[field], field);
    }
  }
}

/** A coinbase of ours as a coin. */
async function minted(height) {
  const { tx } = await ours.rpc('getblock', await ours.rpc('getblockhash', height), 2);
  return { txid: tx[0].txid, vout: 0, value: Math.round(tx[0].vout[0].value * 1e8), kind: KINDS.p2pkh };
}

/** Confirms outputs of the kinds and gives them as coins. */
let nextCoinbase = 1;
async function fund(kinds, value = 1_000_000) {
  const tx = build([await minted(nextCoinbase++)], kinds.map((kind) => [kind.output, value]).concat([[MINE, 4_900_000_000 - kinds.length * value]]));
  const parent = await tip();
  await submitGood(makeBlock(parent, MINE, [tx]));
  return coins.coinsOf(tx, kinds);
}

async function submitGood(hex) {
  assert.deepEqual(await submit([{ name: 'good', hex }]), ['']);
}

const pay = (coin, options, fee = FEE) => build([coin].flat(), [[KINDS.p2wpkh.output, [coin].flat().reduce((sum, { value }) => sum + value, 0) - fee]], options);

test('transactions of every kind are taken by both, through the pool and a block of each', async () => {
  const kinds = Object.values(KINDS);
  for (const [miner, other] of [[ours, theirs], [theirs, ours]]) {
    const all = (await fund(kinds)).map((coin) => pay(coin));
    const verdicts = await inPools(all.map((tx, i) => ({ name: Object.keys(KINDS)[i], tx })));
    assert.deepEqual(verdicts, all.map(() => ''));
    await send(all);
    const [hash] = await mine(miner, other, 1);
    assert.equal((await miner.rpc('getblock', hash)).nTx, all.length + 1);
  }
  await sameUnspent();
});

test('time locks, dust, fees, double spends, immature, nonfinal and oversized transactions', async () => {
  const { height } = await tip();
  const locks = [];
  for (const segwit of [false, true]) {
    locks.push(coins.wrapped(coins.ABSOLUTE(height), segwit), coins.wrapped(coins.ABSOLUTE(height + 500), segwit));
    locks.push(coins.wrapped(coins.RELATIVE(1), segwit), coins.wrapped(coins.RELATIVE(10), segwit));
  }
  const locked = await fund(locks);
  const [a, b, c] = await fund([KINDS.p2wpkh, KINDS.p2wpkh, KINDS.p2pkh]);
  const cases = [];
  const add = (name, tx) => cases.push({ name, tx });
  locked.forEach((coin, i) => {
    for (const locktime of [0, height, height + 500]) {
      for (const sequence of [0xfffffffe, 0xffffffff, 1, 10]) {
        for (const version of [1, 2]) {
          add(`lock ${i} ${locktime} ${sequence} ${version}`, pay(coin, { locktime, sequence, version }));
        }
      }
    }
  });
  for (const kind of Object.keys(KINDS)) {
    for (const value of [0, 293, 294, 329, 330, 539, 540, 545, 546, 575, 576]) {
      add(`dust ${kind} ${value}`, build([a], [[KINDS[kind].output, value], [MINE, 900_000]]));
    }
  }
  for (const fee of [0, 1, 50, 109, 110, 111, 112, 113, 114, 190, 191, 192, 193, 999_000]) {
    add(`fee ${fee}`, pay(a, {}, fee));
    add(`legacy fee ${fee}`, pay(c, {}, fee));
  }
  add('above its inputs', pay(a, {}, -1));
  add('immature', pay(await minted(height - 50)));
  add('just mature', pay(await minted(height + 2 - 99)));
  add('just immature', pay(await minted(height + 2 - 98)));
  add('data', build([a], [[Buffer.concat([Buffer.from([0x6a, 0x4c, 80]), Buffer.alloc(80)]), 0], [MINE, 900_000]]));
  add('too much data', build([a], [[Buffer.concat([Buffer.from([0x6a, 0x4c, 81]), Buffer.alloc(81)]), 0], [MINE, 900_000]]));
  add('data twice', build([a], [[Buffer.from([0x6a, 1, 1]), 0], [Buffer.from([0x6a, 1, 2]), 0], [MINE, 900_000]]));
  add('too heavy', build([await minted(nextCoinbase)], Array.from({ length: 3_000 }, () => [MINE, 10_000])));
  add('small', build([a], [[Buffer.from([0x6a]), 0]]));
  add('unknown witness', build([a], [[Buffer.from([0x60, 2, 1, 1]), 900_000]]));
  add('mweb witness', build([a], [[Buffer.concat([Buffer.from([0x58, 32]), Buffer.alloc(32, 3)]), 900_000]]));
  add('mweb integrated', build([a], [[Buffer.concat([Buffer.from([0x59, 32]), Buffer.alloc(32, 3)]), 900_000]]));
  add('unknown script', build([a], [[Buffer.from([0x51]), 900_000]]));
  for (const type of [coins.ALL, 2, 3, 0x81, 0x82, 0x83]) {
    add(`type ${type}`, pay(a, { type }));
    add(`legacy type ${type}`, pay(c, { type }));
  }
  await inPools(cases);
  await inBlocks(cases.filter(({ name }) => name !== 'too heavy'));
  const first = pay(b, { sequence: 0xfffffffd });
  await send([first]);
  await inPools([
    { name: 'known', tx: first },
    { name: 'replacement', tx: pay(b, { sequence: 0xfffffffd }, 5 * FEE) },
    { name: 'child', tx: pay({ txid: first.getId(), vout: 0, value: 1_000_000 - FEE, kind: KINDS.p2wpkh }) },
    { name: 'no such output', tx: pay({ txid: first.getId(), vout: 7, value: 1_000_000, kind: KINDS.p2wpkh }) },
  ]);
  await inBlocks([{ name: 'double spend in a block', tx: [first, pay(b, {}, 2 * FEE)] }]);
  await mine(theirs, ours, 1);
  await inPools([{ name: 'confirmed', tx: first }, { name: 'spent', tx: pay(b, {}, 2 * FEE) }]);
});

test('transactions with one field changed', async () => {
  const names = Object.keys(KINDS);
  const funded = await fund(Object.values(KINDS));
  const valid = funded.map((coin) => pay(coin));
  valid.push(pay(funded));
  const changed = [];
  for (let i = 0; i < 1_200; i++) {
    const at = i % valid.length;
    const { name, changed: tx } = mutate(valid[at], below);
    changed.push({ name: `${names[at] ?? 'all'}: ${name}`, tx, fee: true });
  }
  await inPools(changed);
  const decodable = changed.filter(({ tx }) => tx.ins.length > 0);
  await inBlocks(decodable);
  const bytes = [];
  for (let i = 0; i < 800; i++) {
    bytes.push({ name: `bytes of ${names[i % valid.length] ?? 'all'}`, hex: mutateBytes(valid[i % valid.length], below) });
  }
  await inPools(bytes);
});

test('blocks with one field changed, and getblock of good ones', async () => {
  const funded = await fund(Object.values(KINDS));
  const transactions = funded.map((coin) => pay(coin));
  const parent = await tip();
  const block = (name, changed, txs = transactions) => ({ name, hex: makeBlock(parent, MINE, txs, changed) });
  const child = pay({ txid: transactions[0].getId(), vout: 0, value: 1_000_000 - FEE, kind: KINDS.p2wpkh });
  await submit([
    ...wrongBlocks(parent),
    block('no commitment', { commitment: false }),
    block('mutated', { mutated: true, body: (all) => [...all, all.at(-1)] }),
    block('duplicate', { body: (all) => [...all, ...all.slice(-2)] }),
    block('twice the same', { body: (all) => [...all, all.at(-1)] }),
    block('child first', {}, [child, ...transactions]),
    block('no coinbase', { body: (all) => all.slice(1) }),
    block('coinbase last', { body: ([first, ...others]) => [...others, first] }),
    block('fee and a bit', { value: coinbaseMax(parent.height + 1, transactions.length) + 1 }),
  ]);
  await sameTip(parent);
  const good = block('good', { value: coinbaseMax(parent.height + 1, transactions.length) }).hex;
  const bits = [];
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(good, 'hex');
    bytes[below(i % 3 === 0 ? 80 : bytes.length)] ^= 1 << below(8);
    bits.push({ name: `bit of a block ${i}`, hex: bytes.toString('hex') });
  }
  await submitEach(bits, parent.height);
  await submitGood(good);
  await submit([{ name: 'again', hex: good }, { name: 'cut', hex: good.slice(0, -2) }]);
  await sameBlocks();
  await sameUnspent();
});

function coinbaseMax(height, transactions) {
  return Math.floor(5_000_000_000 / 2 ** Math.floor(height / 150)) + transactions * FEE;
}

async function sameTip(parent) {
  assert.equal((await tip()).hash, parent.hash);
}

/** Fields that both have must be the same in both. */
async function sameBlocks() {
  const { height } = await tip();
  for (const at of [0, 1, 431, 432, 1351, height]) {
    const hash = await ours.rpc('getblockhash', at);
    const [our, their] = await Promise.all([ours.rpc('getblock', hash, 1), theirs.rpc('getblock', hash, 1)]);
    for (const field of Object.keys(their)) {
      if (field === 'difficulty') { // a double, which litecoind writes with 16 digits
        assert.ok(Math.abs(our[field] / their[field] - 1) < 1e-15);
      } else {
        assert.deepEqual(our[field], their[field], `${field} of block ${at}`);
      }
    }
  }
}
