// Seeded changes of one field of a transaction.

/** Numbers from 0 below n, the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

function flip(bytes, below) {
  const changed = Buffer.from(bytes);
  if (changed.length === 0) {
    return Buffer.from([below(256)]);
  }
  changed[below(changed.length)] ^= 1 << below(8);
  return changed;
}

const CHANGES = {
  version: (tx, below) => (tx.version = [0, 1, 3, 4, 0xffffffff][below(5)]),
  locktime: (tx, below) => (tx.locktime = [1, 499_999_999, 500_000_000, 0xffffffff, below(2000)][below(5)]),
  sequence: (tx, below, input) => (input.sequence = [0, 1, 0xfffffffd, 0xffffffff, 0x400001, below(500)][below(6)]),
  hash: (tx, below, input) => (input.hash = flip(input.hash, below)),
  index: (tx, below, input) => (input.index = [0, 1, 5, 0xffffffff][below(4)]),
  script: (tx, below, input) => (input.script = flip(input.script, below)),
  'script longer': (tx, below, input) => (input.script = Buffer.concat([Buffer.from([0x51]), input.script])),
  witness: (tx, below, input) => {
    if (input.witness.length > 0) {
      const at = below(input.witness.length);
      input.witness = input.witness.map((item, i) => (i === at ? flip(item, below) : item));
    } else {
      input.witness = [Buffer.from([1])];
    }
  },
  'witness shorter': (tx, below, input) => (input.witness = input.witness.slice(1)),
  'witness longer': (tx, below, input) => (input.witness = [...input.witness, Buffer.from([below(256)])]),
  'input twice': (tx, below, input) => tx.ins.push({ ...input }),
  'no input': (tx) => (tx.ins = []),
  value: (tx, below, input, output) =>
    (output.value = [0n, 1n, -1n, output.value + 1n, output.value * 100n, 8_400_000_000_000_001n][below(6)]),
  'output script': (tx, below, input, output) => (output.script = flip(output.script, below)),
  'no output': (tx) => (tx.outs = []),
  'output twice': (tx, below, input, output) => tx.outs.push({ ...output }),
};

/** A transaction with one change, and the name of the change. */
export function mutate(tx, below) {
  const names = Object.keys(CHANGES);
  const name = names[below(names.length)];
  const changed = tx.clone();
  changed.ins = changed.ins.map((input) => ({ ...input }));
  changed.outs = changed.outs.map((output) => ({ ...output }));
  CHANGES[name](changed, below, changed.ins[below(changed.ins.length)], changed.outs[below(changed.outs.length)]);
  return { name, changed };
}

/** The bytes of a transaction with one bit changed, or cut, in hexadecimal. */
export function mutateBytes(tx, below) {
  const bytes = tx.toBuffer();
  return (below(8) === 0 ? bytes.subarray(0, below(bytes.length)) : flip(bytes, below)).toString('hex');
}

