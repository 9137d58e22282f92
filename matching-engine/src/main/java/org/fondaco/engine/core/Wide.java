package org.fondaco.engine.core;

/** An unsigned 256-bit accumulator for exact comparisons of products; never rounds. */
final class Wide {

  private long w0;
  private long w1;
  private long w2;
  private long w3;

  Wide set(long value) {
    return set(0, value);
  }

  Wide set(long high, long low) {
    w0 = low;
    w1 = high;
    w2 = 0;
    w3 = 0;
    return this;
  }

  /** Multiplies by a value that is not negative; the product must fit in 256 bits. */
  Wide times(long factor) {
    long c0 = Math.unsignedMultiplyHigh(w0, factor);
    w0 *= factor;
    if ((w1 | w2 | w3) == 0) {
      w1 = c0;
      return this;
    }
    long c1 = Math.unsignedMultiplyHigh(w1, factor);
    w1 *= factor;
    long c2 = Math.unsignedMultiplyHigh(w2, factor);
    w2 *= factor;
    w3 *= factor;
    w1 += c0;
    if (Long.compareUnsigned(w1, c0) < 0) {
      c1++;
    }
    w2 += c1;
    if (Long.compareUnsigned(w2, c1) < 0) {
      c2++;
    }
    w3 += c2;
    return this;
  }

  int compareTo(Wide other) {
    if (w3 != other.w3) {
      return Long.compareUnsigned(w3, other.w3);
    }
    if (w2 != other.w2) {
      return Long.compareUnsigned(w2, other.w2);
    }
    if (w1 != other.w1) {
      return Long.compareUnsigned(w1, other.w1);
    }
    return Long.compareUnsigned(w0, other.w0);
  }
}
