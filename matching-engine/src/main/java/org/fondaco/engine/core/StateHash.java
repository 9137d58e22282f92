package org.fondaco.engine.core;

/** Sum mod 2^128 of a mix of every record, so that the order of records does not matter. */
final class StateHash implements RecordSink {

  private long low;
  private long high;
  private long a;
  private long b;

  @Override
  public void begin(int kind) {
    a = 0x243F6A8885A308D3L + kind;
    b = 0x13198A2E03707344L ^ (long) kind << 32;
  }

  /** Two lanes of multiply and rotate, in the manner of MurmurHash3 x64 128. */
  @Override
  public void put(long field) {
    long k = field * 0x87C37B91114253D5L;
    a ^= Long.rotateLeft(k, 31) * 0x4CF5AD432745937FL;
    a = Long.rotateLeft(a, 27) * 5 + 0x52DCE729L + b;
    k = (field ^ a) * 0x4CF5AD432745937FL;
    b ^= Long.rotateLeft(k, 33) * 0x87C37B91114253D5L;
    b = Long.rotateLeft(b, 31) * 5 + 0x38495AB5L + a;
  }

  @Override
  public void end() {
    long first = finish(a + b);
    long second = finish(b ^ first);
    low += second;
    high += first + (Long.compareUnsigned(low, second) < 0 ? 1 : 0);
  }

  private static long finish(long value) {
    long h = value;
    h = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }

  /** High half first. */
  long[] value() {
    return new long[] {high, low};
  }
}
