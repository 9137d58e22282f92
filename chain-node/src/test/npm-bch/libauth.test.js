// libauth builds, signs and checks; our Bitcoin Cash node confirms, and libauth's machine runs what our wallet signed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as bch from '@bitauth/libauth';
import { Node } from '../npm-utxo/nodes.js';

const PREFIX = 'bchreg';
const SECRETS = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const KEYS = SECRETS.map((secret) => bch.secp256k1.derivePublicKeyCompressed(secret));
const P2PKH = bch.encodeLockingBytecodeP2pkh(bch.hash160(KEYS[0]));
const VALUE = 1_000_000n;
const FEE = 2_000n;
const FINAL = 0xffffffff;
const ALL_FORKID = 0x41;
/** 0x20 signs all outputs that are spent, too. */
const ALL_UTXOS = 0x61;

const address = (script, tokenSupport = false) =>
  bch.lockingBytecodeToCashAddress({ bytecode: script, prefix: PREFIX, tokenSupport }).address;
const ADDRESS = address(P2PKH);
const push = (...items) => bch.flattenBinArray(items.map(bch.encodeDataPush));
const MULTISIG = Uint8Array.from([0x52, ...push(...KEYS), 0x53, 0xae]);
const P2SH20 = bch.encodeLockingBytecodeP2sh20(bch.hash160(MULTISIG));
const P2SH32 = bch.encodeLockingBytecodeP2sh32(bch.hash256(MULTISIG));

let node;
let coinbase = 1;

before(async () => {
  node = await Node.fondaco('bch');
  await node.rpc('generatetoaddress', 120, ADDRESS);
});

after(() => node?.stop());

/** A signature over everything, with its type. */
function signature(context, code, secret, schnorr, type = ALL_FORKID) {
  const message = bch.generateSigningSerializationBCH(context, {
    coveredBytecode: code,
    signingSerializationType: Uint8Array.of(type),
  });
  const sign = schnorr ? bch.secp256k1.signMessageHashSchnorr : bch.secp256k1.signMessageHashDER;
  return Uint8Array.from([...sign(secret, bch.hash256(message)), type]);
}

/** Spends coins of {txid, vout, output, unlock} with outputs; unlock makes the unlocking bytecode. */
function build(coins, outputs, version = 2) {
  const transaction = {
    version,
    locktime: 0,
    inputs: coins.map(({ txid, vout }) => ({
      outpointTransactionHash: bch.hexToBin(txid),
      outpointIndex: vout,
      sequenceNumber: FINAL,
      unlockingBytecode: new Uint8Array(),
    })),
    outputs,
  };
  const sourceOutputs = coins.map(({ output }) => output);
  transaction.inputs.forEach((input, inputIndex) => {
    input.unlockingBytecode = coins[inputIndex].unlock({ inputIndex, sourceOutputs, transaction });
  });
  return bch.binToHex(bch.encodeTransaction(transaction));
}

const byKey = (schnorr, type) => (context) => push(signature(context, P2PKH, SECRETS[0], schnorr, type), KEYS[0]);
const byTwo = (context) =>
  Uint8Array.from([
    0,
    ...push(signature(context, MULTISIG, SECRETS[0], false), signature(context, MULTISIG, SECRETS[2], false), MULTISIG),
  ]);

const pays = (lockingBytecode, valueSatoshis = VALUE, token = undefined) => ({ lockingBytecode, valueSatoshis, token });

async function confirm(hex) {
  const txid = await node.rpc('sendrawtransaction', hex);
  const [hash] = await node.rpc('generatetoaddress', 1, ADDRESS);
  const { tx } = await node.rpc('getblock', hash, 1);
  assert.ok(tx.includes(txid));
  return txid;
}

async function refused(hex, reason) {
  const [verdict] = await node.rpc('testmempoolaccept', [hex]);
  assert.equal(verdict.allowed, false);
  assert.match(verdict['reject-reason'], reason);
}

/** Coins with these outputs, from a coinbase. */
async function fund(outputs) {
  const { tx } = await node.rpc('getblock', await node.rpc('getblockhash', coinbase++), 2);
  const whole = { txid: tx[0].txid, vout: 0, output: pays(P2PKH, 5_000_000_000n), unlock: byKey(true) };
  const spent = outputs.reduce((sum, { valueSatoshis }) => sum + valueSatoshis, FEE);
  const txid = await confirm(build([whole], [...outputs, pays(P2PKH, 5_000_000_000n - spent)]));
  return outputs.map((output, vout) => ({ txid, vout, output }));
}

test('addresses of every kind are read and written alike', async () => {
  for (const script of [P2PKH, P2SH20, P2SH32]) {
    const hex = bch.binToHex(script);
    assert.equal((await node.rpc('decodescript', hex)).address, address(script));
    for (const text of [address(script), address(script, true)]) {
      const { isvalid, scriptPubKey } = await node.rpc('validateaddress', text);
      assert.deepEqual([isvalid, scriptPubKey], [true, hex]);
    }
    assert.equal((await node.rpc('validateaddress', address(script).replace(/.$/, 'q'))).isvalid, false);
  }
});

test('P2PKH by ECDSA and by Schnorr, script hashes of 20 and of 32 bytes are spent', async () => {
  const kinds = [
    [P2PKH, byKey(false)],
    [P2PKH, byKey(true)],
    [P2PKH, byKey(true, ALL_UTXOS)],
    [P2SH20, byTwo],
    [P2SH32, byTwo],
  ];
  const coins = await fund(kinds.map(([script]) => pays(script)));
  coins.forEach((coin, i) => (coin.unlock = kinds[i][1]));
  for (const coin of coins) {
    const less = { ...coin, output: { ...coin.output, valueSatoshis: coin.output.valueSatoshis - 1n } };
    await refused(build([less], [pays(P2PKH, VALUE - FEE)]), /script-verify-flag-failed/);
  }
  await confirm(build(coins, [pays(P2PKH, BigInt(coins.length) * VALUE - FEE)]));
});

test('CashTokens are created, moved, minted, changed and burned, and never inflated', async () => {
  const [root] = await fund([pays(P2PKH)]);
  const category = bch.hexToBin(root.txid);
  const nft = (capability, text) => ({ capability, commitment: bch.utf8ToBin(text) });
  const coin = (txid, vout, output) => ({ txid, vout, output, unlock: byKey(true) });
  const minting = pays(P2PKH, VALUE / 2n, { category, amount: 1_000n, nft: nft('minting', '') });
  const created = await confirm(build([{ ...root, unlock: byKey(true) }], [minting, pays(P2PKH, VALUE / 2n - FEE)]));
  const { vout } = await node.rpc('getrawtransaction', created, 1);
  assert.deepEqual(vout[0].tokenData, {
    category: root.txid,
    amount: '1000',
    nft: { capability: 'minting', commitment: '' },
  });
  const mutable = pays(P2PKH, 100_000n, { category, amount: 0n, nft: nft('mutable', 'one') });
  const fungible = (amount) => pays(P2PKH, 100_000n, { category, amount });
  const source = coin(created, 0, minting);
  await refused(build([source], [fungible(1_001n), mutable]), /token/);
  const minted = await confirm(build([source], [fungible(600n), fungible(400n), mutable]));
  const changed = pays(P2PKH, 90_000n, { category, amount: 0n, nft: nft('none', 'two') });
  const changedId = await confirm(build([coin(minted, 2, mutable)], [changed]));
  await refused(
    build([coin(changedId, 0, changed)], [pays(P2PKH, 80_000n, { category, amount: 0n, nft: nft('none', 'six') })]),
    /token/,
  );
  await confirm(build([coin(changedId, 0, changed), coin(minted, 0, fungible(600n))], [pays(P2PKH, 180_000n)]));
});

/** libauth's machine takes a transaction of ours. */
async function verify(hex, sourceOutputs) {
  const transaction = bch.decodeTransactionBCH(bch.hexToBin(hex));
  assert.equal(typeof transaction, 'object');
  const result = bch.createVirtualMachineBCH(true).verify({ sourceOutputs, transaction });
  assert.equal(result, true);
}

test("the wallet derives libauth's keys, and libauth's machine takes what it signs", async () => {
  const { descriptors } = await node.rpc('listdescriptors', true);
  assert.equal(descriptors.length, 2);
  const [, text, path] = /^pkh\((tprv\w+)\/(.*)\/\*\)#/.exec(descriptors[0].desc);
  const { node: master } = bch.decodeHdPrivateKey(text);
  const first = await node.rpc('getnewaddress');
  const child = bch.deriveHdPath(master, `m/${path.replaceAll('h', "'")}/0`);
  const key = bch.secp256k1.derivePublicKeyCompressed(child.privateKey);
  assert.equal(first, address(bch.encodeLockingBytecodeP2pkh(bch.hash160(key))));
  await assert.rejects(node.rpc('getnewaddress', '', 'bech32'), { code: -5 });

  await node.rpc('generatetoaddress', 3, first);
  await node.rpc('generatetoaddress', 100, ADDRESS);
  for (const to of [ADDRESS, address(P2SH20), address(P2SH32, true), await node.rpc('getnewaddress')]) {
    const txid = await node.rpc('sendtoaddress', to, 30);
    const { hex, vin } = await node.rpc('getrawtransaction', txid, 1);
    const sources = [];
    for (const { txid: from, vout } of vin) {
      const { vout: outs } = await node.rpc('getrawtransaction', from, 1);
      const { value, scriptPubKey } = outs[vout];
      sources.push(pays(bch.hexToBin(scriptPubKey.hex), BigInt(Math.round(value * 1e8))));
    }
    await verify(hex, sources);
    await node.rpc('generatetoaddress', 1, ADDRESS);
    assert.equal((await node.rpc('gettransaction', txid)).confirmations, 1);
  }
});

test("keys of the caller's sign every hash type as libauth's machine wants it, tokens too", async () => {
  const category = new Uint8Array(32).fill(7);
  const outputs = [
    pays(P2PKH),
    pays(P2SH20),
    pays(P2PKH, VALUE, { category, amount: 5n, nft: { capability: 'none', commitment: Uint8Array.of(1) } }),
  ];
  const keys = SECRETS.map((secret) => bch.encodePrivateKeyWif(secret, 'testnet'));
  for (const output of outputs) {
    const unlock = () => new Uint8Array();
    const coin = { txid: '11'.repeat(32), vout: 1, output, unlock };
    const unsigned = build([coin], [pays(P2PKH, VALUE - FEE, output.token)]);
    const script = bch.binToHex(
      Uint8Array.from([...bch.encodeTokenPrefix(output.token), ...output.lockingBytecode]),
    );
    const previous = {
      txid: coin.txid,
      vout: 1,
      scriptPubKey: script,
      amount: Number(VALUE) / 1e8,
      redeemScript: bch.binToHex(MULTISIG),
    };
    for (const type of ['ALL|FORKID', 'NONE|FORKID', 'SINGLE|FORKID|ANYONECANPAY']) {
      const { hex, complete } = await node.rpc('signrawtransactionwithkey', unsigned, keys, [previous], type);
      assert.equal(complete, true);
      await verify(hex, [output]);
    }
  }
});
