// bitcoinjs-lib builds and signs, through its PSBT signer where that knows the kind; our Bitcoin node confirms.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as bitcoin from 'bitcoinjs-lib';
import * as coins from './coins.js';
import { Node } from './nodes.js';

const { KINDS, KEYS, build, payments } = coins;
const NETWORK = bitcoin.networks.regtest;
const [KEY] = KEYS;
const ADDRESS = payments.p2pkh({ pubkey: KEY.publicKey, network: NETWORK }).address;
const MATURITY_BLOCKS = 100;
const VALUE = 1_000_000;
const FEE = 10_000;
const LOCKED_BLOCKS = 5;

let node;
let coinbase = 1;

before(async () => {
  node = await Node.fondaco('btc');
  await node.rpc('generatetoaddress', MATURITY_BLOCKS + 10, ADDRESS);
});

after(() => node?.stop());

async function confirm(...hexes) {
  const txids = [];
  for (const hex of hexes) {
    txids.push(await node.rpc('sendrawtransaction', hex));
  }
  const [hash] = await node.rpc('generatetoaddress', 1, ADDRESS);
  const { tx } = await node.rpc('getblock', hash, 1);
  assert.deepEqual(new Set(tx.slice(1)), new Set(txids));
  for (const txid of txids) {
    assert.equal((await node.rpc('getrawtransaction', txid, true)).confirmations, 1);
  }
  return txids;
}

/** Outputs of the kinds, from a coinbase that bitcoinjs-lib's PSBT signer spends. */
async function fund(kinds) {
  const { tx } = await node.rpc('getblock', await node.rpc('getblockhash', coinbase++), 2);
  const psbt = new bitcoin.Psbt({ network: NETWORK });
  psbt.addInput({ hash: tx[0].txid, index: 0, nonWitnessUtxo: Buffer.from(tx[0].hex, 'hex') });
  psbt.addOutputs(kinds.map(({ output }) => ({ script: output, value: BigInt(VALUE) })));
  psbt.addOutput({ address: ADDRESS, value: 5_000_000_000n - BigInt(kinds.length * VALUE + FEE) });
  psbt.signAllInputs(KEY).finalizeAllInputs();
  const signed = psbt.extractTransaction();
  await confirm(signed.toHex());
  return { funding: signed, funded: coins.coinsOf(signed, kinds) };
}

const pay = (all, options) => build(all, [[KINDS.p2wpkh.output, all.length * VALUE - FEE]], options);

async function refused(tx, reason) {
  const [{ allowed, 'reject-reason': why }] = await node.rpc('testmempoolaccept', [tx.toHex()]);
  assert.equal(allowed, false);
  assert.match(why, reason);
  await assert.rejects(node.rpc('sendrawtransaction', tx.toHex()), reason);
}

test('every kind of output, alone and all in one transaction', async () => {
  const kinds = Object.values(KINDS);
  const alone = await fund(kinds);
  await confirm(...alone.funded.map((coin) => pay([coin]).toHex()));
  const together = await fund(kinds);
  await confirm(pay(together.funded).toHex());
});

test('a wrong signature of every kind is refused', async () => {
  const { funded } = await fund(Object.values(KINDS));
  for (const coin of funded) {
    const tx = pay([coin]);
    tx.outs[0].value -= 1n;
    await refused(tx, /script-verify-flag-failed/);
  }
});

test('the PSBT signer spends P2WPKH, P2TR by its key, and multisig of two of three in P2SH and P2WSH', async () => {
  const { output: redeem } = payments.p2ms({ m: 2, pubkeys: KEYS.map((key) => key.publicKey) });
  const names = ['p2wpkh', 'p2tr', 'p2sh-multisig', 'p2wsh-multisig'];
  const { funding, funded } = await fund(names.map((name) => KINDS[name]));
  const internal = KEY.publicKey.slice(1);
  const more = [{}, { tapInternalKey: internal }, { redeemScript: redeem }, { witnessScript: redeem }];
  const psbt = new bitcoin.Psbt({ network: NETWORK });
  funded.forEach(({ txid, vout, kind }, i) => {
    const utxo =
      names[i] === 'p2sh-multisig'
        ? { nonWitnessUtxo: funding.toBuffer() }
        : { witnessUtxo: { script: kind.output, value: BigInt(VALUE) } };
    psbt.addInput({ hash: txid, index: vout, ...utxo, ...more[i] });
  });
  psbt.addOutput({ address: payments.p2wpkh({ pubkey: KEY.publicKey, network: NETWORK }).address, value: 3_900_000n });
  const tweaked = KEY.tweak(bitcoin.crypto.taggedHash('TapTweak', internal));
  psbt.signInput(0, KEY).signInput(1, tweaked);
  for (const i of [2, 3]) {
    psbt.signInput(i, KEYS[0]).signInput(i, KEYS[2]);
  }
  await confirm(psbt.finalizeAllInputs().extractTransaction().toHex());
});

test('time locks hold until their block and not longer', async () => {
  const height = await node.rpc('getblockcount');
  const until = height + LOCKED_BLOCKS;
  const locks = [false, true].flatMap((segwit) => [
    coins.wrapped(coins.ABSOLUTE(until), segwit),
    coins.wrapped(coins.RELATIVE(LOCKED_BLOCKS), segwit),
  ]);
  const { funded } = await fund(locks);
  const open = funded.map((coin, i) =>
    i % 2 === 0 ? pay([coin], { locktime: until }) : pay([coin], { sequence: LOCKED_BLOCKS }),
  );
  for (let i = 0; i < open.length; i++) {
    await refused(open[i], i % 2 === 0 ? /non-final/ : /non-BIP68-final/);
    await refused(pay([funded[i]]), /Locktime requirement not satisfied/);
  }
  // Funded at height + 1: its relative lock is over for the block at height + 1 + LOCKED_BLOCKS.
  await node.rpc('generatetoaddress', LOCKED_BLOCKS - 1, ADDRESS);
  await confirm(...open.map((tx) => tx.toHex()));
});

test('an address of every kind is the one that bitcoinjs-lib gives', async () => {
  for (const { output } of Object.values(KINDS)) {
    const { address } = await node.rpc('decodescript', Buffer.from(output).toString('hex'));
    let expected;
    try {
      expected = bitcoin.address.fromOutputScript(output, NETWORK);
    } catch {
      assert.equal(address, undefined); // a bare key or bare multisig has none
      continue;
    }
    assert.equal(address, expected);
    assert.equal((await node.rpc('validateaddress', address)).isvalid, true);
  }
});
