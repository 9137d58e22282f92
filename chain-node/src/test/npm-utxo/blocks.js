// Litecoin regtest blocks made here, so that every field can be wrong.
import { scryptSync } from 'node:crypto';
import { crypto, script, Transaction } from './coins.js';

const HALVING_BLOCKS = 150;
const FIRST_SUBSIDY = 5_000_000_000;
const BITS = 0x207fffff;
const RESERVED = Buffer.alloc(32);
const COMMITMENT = Buffer.from('6a24aa21a9ed', 'hex');

const pairHash = (left, right) => Buffer.from(crypto.hash256(Buffer.concat([left, right])));

function merkleRoot(leaves) {
  let level = leaves;
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 2) {
      next.push(pairHash(level[i], level[i + 1] ?? level[i]));
    }
    level = next;
  }
  return level[0];
}

export const subsidy = (height) => Math.floor(FIRST_SUBSIDY / 2 ** Math.floor(height / HALVING_BLOCKS));

function coinbase(height, output, transactions, { heightInScript = height, value, commitment = true }) {
  const tx = new Transaction();
  tx.addInput(Buffer.alloc(32), 0xffffffff, 0xffffffff);
  // A second push: no coinbase script is shorter than two bytes.
  tx.setInputScript(0, Buffer.concat([script.compile([script.number.encode(heightInScript)]), Buffer.from([1, 7])]));
  tx.addOutput(output, BigInt(value ?? subsidy(height)));
  if (commitment) {
    const leaves = [RESERVED, ...transactions.map((each) => Buffer.from(each.getHash(true)))];
    tx.addOutput(Buffer.concat([COMMITMENT, pairHash(merkleRoot(leaves), RESERVED)]), 0n);
    tx.setWitness(0, [RESERVED]);
  }
  return tx;
}

/**
 * A block in hexadecimal with its work done.
 *
 * parent: {hash, height, mediantime}; changed may say version, time, bits, root, previous, heightInScript, value,
 * commitment, body (a function of the list of transactions) and work (false: a hash above the target).
 */
export function makeBlock(parent, output, transactions = [], changed = {}) {
  const height = parent.height + 1;
  const first = coinbase(height, output, transactions, changed);
  const honest = [first, ...transactions];
  const all = changed.body ? changed.body(honest) : honest;
  const header = Buffer.alloc(80);
  header.writeInt32LE(changed.version ?? 0x20000000, 0);
  Buffer.from(changed.previous ?? parent.hash, 'hex').reverse().copy(header, 4);
  const root = merkleRoot((changed.mutated ? honest : all).map((tx) => Buffer.from(tx.getHash())));
  (changed.root ?? root).copy(header, 36);
  header.writeUInt32LE(changed.time ?? parent.mediantime + 1, 68);
  header.writeUInt32LE(changed.bits ?? BITS, 72);
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76);
    // Little-endian: the highest bit is in the last byte, and the target is all bits but that. 0x7f may be either.
    const highest = scryptSync(header, header, 32, { N: 1024, r: 1, p: 1 })[31];
    if (changed.work === false ? highest > 0x7f : highest < 0x7f) {
      break;
    }
  }
  return Buffer.concat([header, count(all.length), ...all.map((tx) => tx.toBuffer())]).toString('hex');
}

function count(number) {
  return number < 253 ? Buffer.from([number]) : Buffer.from([253, number & 0xff, number >> 8]);
}
