// Keys, output scripts of every kind and transactions that spend them, made with bitcoinjs-lib.
import * as bitcoin from 'bitcoinjs-lib';
import { ECPairFactory } from 'ecpair';
import * as curve from 'tiny-secp256k1';

bitcoin.initEccLib(curve);
const ECPair = ECPairFactory(curve);
export const { script, opcodes, payments, Transaction, crypto } = bitcoin;

/** litecoind's regtest. */
export const LITECOIN = {
  messagePrefix: '\x19Litecoin Signed Message:\n',
  bech32: 'rltc',
  bip32: { public: 0x043587cf, private: 0x04358394 },
  pubKeyHash: 0x6f,
  scriptHash: 0x3a,
  wif: 0xef,
};

export const KEYS = [1, 2, 3].map((byte) => ECPair.fromPrivateKey(Buffer.alloc(32, byte)));
const [KEY] = KEYS;
const XONLY = KEY.publicKey.slice(1);
const TWEAKED = KEY.tweak(crypto.taggedHash('TapTweak', XONLY));
const MULTISIG = payments.p2ms({ m: 2, pubkeys: KEYS.map((key) => key.publicKey) }).output;
export const ALL = Transaction.SIGHASH_ALL;
const NO_SEQUENCE_LOCK = 0xfffffffe;

/** OP_CHECKLOCKTIMEVERIFY or OP_CHECKSEQUENCEVERIFY in front of a single key. */
function locked(operation, value) {
  return script.compile([script.number.encode(value), operation, opcodes.OP_DROP, KEY.publicKey, opcodes.OP_CHECKSIG]);
}

export const ABSOLUTE = (height) => locked(opcodes.OP_CHECKLOCKTIMEVERIFY, height);
export const RELATIVE = (blocks) => locked(opcodes.OP_CHECKSEQUENCEVERIFY, blocks);

const sha = (code) => payments.p2wsh({ redeem: { output: code } }).output;
const hashed = (code) => payments.p2sh({ redeem: { output: code } }).output;
const pkh = payments.p2pkh({ pubkey: KEY.publicKey }).output;
const wpkh = payments.p2wpkh({ pubkey: KEY.publicKey }).output;

/** How each kind is locked, and how input i of a transaction unlocks it. */
export const KINDS = {
  p2pk: { output: payments.p2pk({ pubkey: KEY.publicKey }).output, spend: legacy(null, [KEY]) },
  p2pkh: { output: pkh, spend: legacy(null, [KEY], [KEY.publicKey]) },
  multisig: { output: MULTISIG, spend: legacy(null, KEYS.slice(0, 2)) },
  'p2sh-multisig': { output: hashed(MULTISIG), spend: legacy(MULTISIG, KEYS.slice(0, 2)) },
  p2wpkh: { output: wpkh, spend: witness(pkh, [KEY], [KEY.publicKey]) },
  'p2sh-p2wpkh': { output: hashed(wpkh), spend: witness(pkh, [KEY], [KEY.publicKey], wpkh) },
  'p2wsh-multisig': { output: sha(MULTISIG), spend: witness(MULTISIG, KEYS.slice(0, 2), [MULTISIG]) },
  'p2sh-p2wsh': {
    output: hashed(sha(MULTISIG)),
    spend: witness(MULTISIG, KEYS.slice(0, 2), [MULTISIG], sha(MULTISIG)),
  },
  p2tr: { output: script.compile([opcodes.OP_1, TWEAKED.publicKey.slice(1)]), spend: taproot },
};

/** A kind with a script of our own, in P2SH or P2WSH. */
export function wrapped(code, segwit) {
  return segwit
    ? { output: sha(code), spend: witness(code, [KEY], [code]) }
    : { output: hashed(code), spend: legacy(code, [KEY]) };
}

function legacy(redeem, keys, after = []) {
  return (tx, i, coins, type = ALL) => {
    const hash = tx.hashForSignature(i, redeem ?? coins[i].kind.output, type);
    const signatures = keys.map((key) => script.signature.encode(key.sign(hash), type));
    const first = keys.length > 1 ? [opcodes.OP_0] : [];
    tx.setInputScript(i, script.compile([...first, ...signatures, ...after, ...(redeem ? [redeem] : [])]));
  };
}

function witness(code, keys, after, nested) {
  return (tx, i, coins, type = ALL) => {
    const hash = tx.hashForWitnessV0(i, code, BigInt(coins[i].value), type);
    const signatures = keys.map((key) => script.signature.encode(key.sign(hash), type));
    tx.setWitness(i, [...(keys.length > 1 ? [Buffer.alloc(0)] : []), ...signatures, ...after]);
    if (nested) {
      tx.setInputScript(i, script.compile([nested]));
    }
  };
}

function taproot(tx, i, coins) {
  const hash = tx.hashForWitnessV1(
    i,
    coins.map((coin) => coin.kind.output),
    coins.map((coin) => BigInt(coin.value)),
    Transaction.SIGHASH_DEFAULT,
  );
  tx.setWitness(i, [TWEAKED.signSchnorr(hash)]);
}

/** A signed transaction. coins: {txid, vout, value, kind}; outputs: [script, value]. */
export function build(coins, outputs, { locktime = 0, version = 2, sequence = NO_SEQUENCE_LOCK, type = ALL } = {}) {
  const tx = new Transaction();
  tx.version = version;
  tx.locktime = locktime;
  for (const { txid, vout } of coins) {
    tx.addInput(Buffer.from(txid, 'hex').reverse(), vout, sequence);
  }
  for (const [output, value] of outputs) {
    tx.addOutput(output, BigInt(value));
  }
  coins.forEach((coin, i) => coin.kind.spend(tx, i, coins, type));
  return tx;
}

/** The outputs of a transaction as coins, of the kinds that made them. */
export function coinsOf(tx, kinds) {
  return kinds.map((kind, vout) => ({ txid: tx.getId(), vout, value: Number(tx.outs[vout].value), kind }));
}
