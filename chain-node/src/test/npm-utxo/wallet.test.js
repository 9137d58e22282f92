// What our Litecoin node signs, derives, scans and counts beside litecoind 0.21, and bip32 beside our Bitcoin node.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { BIP32Factory } from 'bip32';
import * as bitcoin from 'bitcoinjs-lib';
import * as curve from 'tiny-secp256k1';
import * as coins from './coins.js';
import { random } from './mutations.js';
import { Node } from './nodes.js';

const { KINDS, KEYS, LITECOIN, Transaction, payments } = coins;
const SEED = Number(process.env.FONDACO_SEED ?? 20_261_128);
const TYPES = ['legacy', 'p2sh-segwit', 'bech32'];
const HASH_TYPES = ['ALL', 'NONE', 'SINGLE', 'ALL|ANYONECANPAY', 'NONE|ANYONECANPAY', 'SINGLE|ANYONECANPAY'];
const MATURITY_BLOCKS = 100;
const bip32 = BIP32Factory(curve);
const below = random(SEED);
const hash = (text) => createHash('sha256').update(`${SEED} ${text}`).digest('hex');
const WIFS = KEYS.map((key) => {
  key.network = LITECOIN;
  return key.toWIF();
});

let ours;
let theirs;
let bitcoind;

before(async () => {
  [ours, theirs, bitcoind] = await Promise.all([Node.fondaco('ltc'), Node.litecoind(), Node.fondaco('btc')]);
  console.log(`seed ${SEED}`);
});

after(() => Promise.all([ours?.stop(), theirs?.stop(), bitcoind?.stop()]));

/** Both must answer alike, or refuse with the same code; ours is given back. */
async function same(method, ...params) {
  const [[our], [their]] = await Promise.all([ours.batch([[method, ...params]]), theirs.batch([[method, ...params]])]);
  assert.deepEqual(our.error?.code, their.error?.code, `${method} ${JSON.stringify(params)} ${our.error?.message}`);
  assert.deepEqual(our.result, their.result, `${method} ${JSON.stringify(params).slice(0, 2000)}`);
  return our.result;
}

/** litecoind 0.21 has fewer fields: those that it has must be ours. */
async function sameFields(method, skipped, ...params) {
  const [our, their] = await Promise.all([ours.rpc(method, ...params), theirs.rpc(method, ...params)]);
  for (const [name, value] of Object.entries(their)) {
    if (!skipped.includes(name)) {
      assert.deepEqual(our[name], value, `${method} ${JSON.stringify(params)} ${name}`);
    }
  }
  return our;
}

/** Our node mines, litecoind takes every block. */
async function mine(blocks, address) {
  const hashes = await ours.rpc('generatetoaddress', blocks, address);
  const bodies = await ours.batch(hashes.map((each) => ['getblock', each, 0]));
  const answers = await theirs.batch(bodies.map(({ result }) => ['submitblock', result]));
  assert.deepEqual(answers.map(({ result, error }) => error ?? result), hashes.map(() => null));
  return hashes;
}

const unsigned = (count) => {
  const tx = new Transaction();
  tx.version = 2;
  for (let i = 0; i < count; i++) {
    tx.addInput(Buffer.from(hash(below(1e9)), 'hex'), below(5), below(2) ? 0xfffffffd : 0xffffffff);
    tx.addOutput(KINDS.p2wpkh.output, BigInt(1000 + below(1e6)));
  }
  return tx;
};

const REDEEM = Buffer.from(payments.p2ms({ m: 2, pubkeys: KEYS.map((key) => key.publicKey) }).output).toString('hex');
const P2WPKH = Buffer.from(payments.p2wpkh({ pubkey: KEYS[0].publicKey }).output).toString('hex');

const P2WSH = Buffer.from(KINDS['p2wsh-multisig'].output).toString('hex');

/** The outputs that a transaction spends, one of each kind whose keys are KEYS. */
function previous(tx) {
  const kinds = [
    ['p2pk', {}],
    ['p2pkh', {}],
    ['p2wpkh', {}],
    ['p2sh-p2wpkh', { redeemScript: P2WPKH }],
    ['multisig', {}],
    ['p2sh-multisig', { redeemScript: REDEEM }],
    ['p2wsh-multisig', { witnessScript: REDEEM }],
    ['p2sh-p2wsh', { witnessScript: REDEEM, redeemScript: P2WSH }],
  ];
  return tx.ins.map((input, i) => {
    const [name, more] = kinds[i % kinds.length];
    return {
      txid: Buffer.from(input.hash).reverse().toString('hex'),
      vout: input.index,
      scriptPubKey: Buffer.from(KINDS[name].output).toString('hex'),
      amount: (1 + below(1e9)) / 1e8,
      ...more,
    };
  });
}

test('signatures of every kind and type are the same bytes as litecoind makes', async () => {
  for (let i = 0; i < 40; i++) {
    const tx = unsigned(8);
    const type = HASH_TYPES[i % HASH_TYPES.length];
    const { complete } = await same('signrawtransactionwithkey', tx.toHex(), WIFS, previous(tx), type);
    assert.equal(complete, true);
  }
});

test('parts of multisig signed apart are the same, and are combined to the same', async () => {
  await mine(MATURITY_BLOCKS + 10, payments.p2pkh({ pubkey: KEYS[0].publicKey, network: LITECOIN }).address);
  const { tx } = await ours.rpc('getblock', await ours.rpc('getblockhash', 1), 2);
  const split = new Transaction();
  split.version = 2;
  split.addInput(Buffer.from(tx[0].txid, 'hex').reverse(), 0);
  const kinds = ['p2sh-multisig', 'p2wsh-multisig'];
  kinds.forEach((name) => split.addOutput(KINDS[name].output, 1_000_000n));
  const { hex } = await same('signrawtransactionwithkey', split.toHex(), WIFS);
  const txid = await ours.rpc('sendrawtransaction', hex, 0);
  await mine(1, payments.p2pkh({ pubkey: KEYS[0].publicKey, network: LITECOIN }).address);
  const spend = new Transaction();
  spend.version = 2;
  kinds.forEach((_, vout) => spend.addInput(Buffer.from(txid, 'hex').reverse(), vout));
  spend.addOutput(KINDS.p2wpkh.output, 1_900_000n);
  const scripts = kinds.map((name, vout) => ({
    txid,
    vout,
    scriptPubKey: Buffer.from(KINDS[name].output).toString('hex'),
    amount: 0.01,
    [vout === 0 ? 'redeemScript' : 'witnessScript']: REDEEM,
  }));
  const parts = [];
  for (const wif of WIFS.slice(0, 2)) {
    const [our, their] = await Promise.all(
      [ours, theirs].map((node) => node.rpc('signrawtransactionwithkey', spend.toHex(), [wif], scripts)),
    );
    assert.equal(our.hex, their.hex);
    assert.equal(our.complete, false);
    assert.deepEqual(our.errors.map(({ error }) => error), their.errors.map(({ error }) => error));
    parts.push(our.hex);
  }
  const second = await same('signrawtransactionwithkey', parts[0], [WIFS[1]], scripts);
  assert.equal(second.complete, true);
  const combined = await same('combinerawtransaction', parts);
  assert.equal(combined, second.hex);
  await same('signrawtransactionwithkey', spend.toHex(), [WIFS[0]], [{ ...scripts[1], amount: undefined }]);
  await same('signrawtransactionwithkey', spend.toHex(), ['nokey'], []);
});

test('descriptors give the same addresses, checksums and errors', async () => {
  const master = bip32.fromSeed(Buffer.from(hash('master'), 'hex'), LITECOIN);
  const [xprv, xpub] = [master.toBase58(), master.derivePath("m/44'/2'").neutered().toBase58()];
  const keys = KEYS.map((key) => Buffer.from(key.publicKey).toString('hex'));
  const forms = [
    ...['pkh', 'wpkh', 'combo'].flatMap((name) => [`${name}(${xprv}/0'/1/*)`, `${name}(${xpub}/7/*)`, `${name}(${xprv}/3/*')`]),
    `sh(wpkh(${xpub}/*))`,
    `sh(multi(2,${xpub}/1/*,${xprv}/2/*,${keys[0]}))`,
    `wsh(sortedmulti(2,${xpub}/1/*,${keys[0]},${keys[1]}))`,
    `sh(wsh(sortedmulti(1,${keys.join(',')},${xpub}/*)))`,
    `wpkh([d34db33f/84'/2'/0']${xpub}/*)`,
    `pkh(${WIFS[0]})`,
    `wpkh(${keys[1]})`,
    `addr(${payments.p2wpkh({ pubkey: KEYS[0].publicKey, network: LITECOIN }).address})`,
  ];
  for (const form of forms) {
    const info = await same('getdescriptorinfo', form);
    const [checked, range] = [`${form}#${info.checksum}`, info.isrange ? [[5, 40]] : []];
    if (form.startsWith('combo')) {
      // 0.21 gives the bare key the address of its hash; later versions give it none.
      const [our, their] = await Promise.all([ours, theirs].map((node) => node.rpc('deriveaddresses', checked, ...range)));
      assert.deepEqual(our, [...new Set(their)]);
    } else {
      assert.ok((await same('deriveaddresses', checked, ...range)).length > 0);
    }
  }
  for (const wrong of ['pkh()', 'wpkh(x)', `sh(${keys[0]})`, 'wsh(wsh(pk(1)))', `pkh(${keys[0]})#00000000`, `multi(4,${keys})`]) {
    await same('getdescriptorinfo', wrong);
  }
  const hardened = `wpkh(${xpub}/*')`;
  const { checksum } = await same('getdescriptorinfo', hardened);
  await same('deriveaddresses', `${hardened}#${checksum}`, 3);
});

test("the wallet's payments of every kind are taken by litecoind, alone and in blocks", async () => {
  const own = await Promise.all(TYPES.map((type) => ours.rpc('getnewaddress', '', type)));
  for (const address of own) {
    await mine(3, address);
  }
  await mine(MATURITY_BLOCKS, payments.p2pkh({ pubkey: KEYS[1].publicKey, network: LITECOIN }).address);
  for (let round = 0; round < 6; round++) {
    const amounts = Object.fromEntries(
      await Promise.all(TYPES.map(async (type) => [await ours.rpc('getnewaddress', '', type), (1 + below(5e8)) / 1e8])),
    );
    const ids = [await ours.rpc('sendmany', '', amounts, 1, '', round % 2 ? [Object.keys(amounts)[0]] : [])];
    ids.push(await ours.rpc('sendtoaddress', own[round % 3], 1 + below(40), '', '', round % 3 === 0));
    for (const txid of ids) {
      const { hex } = await ours.rpc('gettransaction', txid);
      const [{ allowed, ...more }] = await theirs.rpc('testmempoolaccept', [hex], 0);
      assert.equal(allowed, true, JSON.stringify(more));
      await theirs.rpc('sendrawtransaction', hex, 0);
    }
    await mine(1, own[round % 3]);
    assert.deepEqual(await theirs.rpc('getrawmempool'), []);
  }
  const spent = await ours.rpc('listunspent');
  const scan = await theirs.rpc('scantxoutset', 'start', spent.map(({ address }) => `addr(${address})`));
  const { mine: balances } = await ours.rpc('getbalances');
  assert.equal(scan.total_amount.toFixed(8), (balances.trusted + balances.immature).toFixed(8));
});

test('scans, statistics, proofs and scripts are the same', async () => {
  const { descriptors } = await ours.rpc('listdescriptors');
  const known = descriptors.map(({ desc }) => desc.split('#')[0]).filter((desc) => !desc.startsWith('tr('));
  const keys = KEYS.map((key) => Buffer.from(key.publicKey).toString('hex'));
  const objects = [
    ...known.map((desc) => ({ desc, range: 30 })),
    ...keys.map((key) => `combo(${key})`),
    `raw(${Buffer.from(KINDS['p2sh-multisig'].output).toString('hex')})`,
    `pk(${keys[2]})`,
  ];
  const [our, their] = await Promise.all([ours, theirs].map((node) => node.rpc('scantxoutset', 'start', objects)));
  for (const field of ['success', 'txouts', 'height', 'bestblock', 'total_amount']) {
    assert.equal(our[field], their[field], field);
  }
  // 0.21 writes ' for h in origins, has another checksum for that, and no coinbase, blockhash and confirmations.
  const bare = ({ txid, vout, scriptPubKey, desc, amount, height }) =>
    JSON.stringify({ txid, vout, scriptPubKey, desc: desc.split('#')[0].replaceAll("'", 'h'), amount, height });
  assert.ok(our.unspents.length > 50);
  assert.deepEqual(our.unspents.map(bare).sort(), their.unspents.map(bare).sort());
  assert.equal(await ours.rpc('scantxoutset', 'status'), null);
  assert.equal(await ours.rpc('scantxoutset', 'abort'), false);

  // 0.21 hashes as hash_serialized_2, which versions since 26 do not have, and has no MuHash.
  await sameFields('gettxoutsetinfo', ['disk_size', 'hash_serialized_2']);
  const height = await ours.rpc('getblockcount');
  for (let at = height - 40; at <= height; at++) {
    const stats = await sameFields('getblockstats', [], at);
    const { tx } = await ours.rpc('getblock', stats.blockhash, 1);
    const proof = await same('gettxoutproof', [tx[below(tx.length)]], stats.blockhash);
    await same('verifytxoutproof', proof);
    await same('verifytxoutproof', proof.slice(0, -4) + '0000');
  }
  await sameFields('getchaintxstats', []);
  await sameFields('getchaintxstats', [], 20);
  await same('getdifficulty');
  await same('getchaintips');
  for (const kind of Object.values(KINDS)) {
    const script = Buffer.from(kind.output).toString('hex');
    const [mineDecoded, theirDecoded] = await Promise.all([ours, theirs].map((node) => node.rpc('decodescript', script)));
    assert.equal(mineDecoded.type, theirDecoded.type);
    assert.equal(mineDecoded.asm, theirDecoded.asm);
  }
});

test('messages are signed to the same bytes', async () => {
  const address = payments.p2pkh({ pubkey: KEYS[0].publicKey, network: LITECOIN }).address;
  for (let i = 0; i < 10; i++) {
    const signed = await same('signmessagewithprivkey', WIFS[0], `message ${i}`);
    assert.equal(await same('verifymessage', address, signed, `message ${i}`), true);
    assert.equal(await same('verifymessage', address, signed, `message ${i + 1}`), false);
  }
});

test("our Bitcoin node's wallet derives bip32's addresses of BIP-44, 49, 84 and 86", async () => {
  const network = bitcoin.networks.regtest;
  const { descriptors } = await bitcoind.rpc('listdescriptors', true);
  const text = /tprv\w+/.exec(descriptors[0].desc)[0];
  const master = bip32.fromBase58(text, network);
  const kinds = {
    legacy: [44, ({ publicKey }) => bitcoin.payments.p2pkh({ pubkey: publicKey, network })],
    'p2sh-segwit': [
      49,
      ({ publicKey }) => bitcoin.payments.p2sh({ redeem: bitcoin.payments.p2wpkh({ pubkey: publicKey, network }), network }),
    ],
    bech32: [84, ({ publicKey }) => bitcoin.payments.p2wpkh({ pubkey: publicKey, network })],
    bech32m: [86, ({ publicKey }) => bitcoin.payments.p2tr({ internalPubkey: publicKey.slice(1), network })],
  };
  for (const [type, [purpose, payment]] of Object.entries(kinds)) {
    for (let i = 0; i < 20; i++) {
      const key = (change) => master.derivePath(`m/${purpose}'/1'/0'/${change}/${i}`);
      assert.equal(await bitcoind.rpc('getnewaddress', '', type), payment(key(0)).address);
      assert.equal(await bitcoind.rpc('getrawchangeaddress', type), payment(key(1)).address);
    }
  }
});
