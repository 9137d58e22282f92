package org.fondaco.api.tape;

import java.math.BigInteger;

/** A sum of amounts in 128 bits: 2^64 of the largest amounts fit, so that it cannot overflow. */
final class Sum {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  private long high;
  private long low;

  /**
   * @param amount not negative
   */
  void add(long amount) {
    low += amount;
    if (Long.compareUnsigned(low, amount) < 0) {
      high++;
    }
  }

  void add(Sum other) {
    low += other.low;
    high += other.high + (Long.compareUnsigned(low, other.low) < 0 ? 1 : 0);
  }

  /**
   * @param amount not negative and at most 2^127 - 1
   */
  void add(BigInteger amount) {
    long lower = amount.longValue();
    low += lower;
    high += amount.shiftRight(64).longValueExact() + (Long.compareUnsigned(low, lower) < 0 ? 1 : 0);
  }

  /** Takes away what was added before. */
  void subtract(Sum other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    low -= other.low;
    high -= other.high + borrow;
  }

  BigInteger value() {
    if (high == 0 && low >= 0) {
      return BigInteger.valueOf(low);
    }
    BigInteger lower = BigInteger.valueOf(low);
    return BigInteger.valueOf(high).shiftLeft(64).add(low < 0 ? lower.add(TWO_64) : lower);
  }
}
