package org.fondaco.chain.utxo.pow;

import java.math.BigInteger;

/**
 * The 32-bit form of a target in a header ("nBits"): an exponent of base 256 and a signed mantissa
 * of 24 bits, as OpenSSL's big numbers were once written.
 */
public final class CompactTarget {
  private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(256);
  private static final int MANTISSA = 0x007fffff;
  private static final int SIGN = 0x00800000;

  private CompactTarget() {}

  /**
   * The target; negative, zero or above 2^256 as the bits say, which no header may have. A mantissa
   * of zero is not negative, as in Bitcoin Core.
   */
  public static BigInteger decode(int bits) {
    int size = bits >>> 24;
    BigInteger mantissa = BigInteger.valueOf(bits & MANTISSA);
    BigInteger value =
        size <= 3 ? mantissa.shiftRight(8 * (3 - size)) : mantissa.shiftLeft(8 * (size - 3));
    return (bits & SIGN) != 0 ? value.negate() : value;
  }

  /** The bits of a target that is not negative; rounds down to 23 significant bits. */
  public static int encode(BigInteger target) {
    int size = (target.bitLength() + 7) / 8;
    int mantissa =
        size <= 3
            ? target.intValue() << 8 * (3 - size)
            : target.shiftRight(8 * (size - 3)).intValue();
    if ((mantissa & SIGN) != 0) { // it would read as negative
      mantissa >>>= 8;
      size++;
    }
    return mantissa | size << 24;
  }

  /** Whether a header may carry the bits under this easiest target. */
  public static boolean isValid(int bits, BigInteger limit) {
    BigInteger target = decode(bits);
    return target.signum() > 0 && target.compareTo(limit) <= 0;
  }

  /** How many hashes a block of this target takes on average: 2^256 / (target + 1). */
  public static BigInteger work(int bits) {
    BigInteger target = decode(bits);
    return target.signum() <= 0 || target.compareTo(RANGE) >= 0
        ? BigInteger.ZERO
        : RANGE.divide(target.add(BigInteger.ONE));
  }

  /**
   * Whether a hash meets a target.
   *
   * @param hash 32 bytes, the least significant first
   */
  public static boolean isMet(byte[] hash, BigInteger target) {
    byte[] value = new byte[hash.length];
    for (int i = 0; i < hash.length; i++) {
      value[i] = hash[hash.length - 1 - i];
    }
    return new BigInteger(1, value).compareTo(target) <= 0;
  }

  /** Core's "difficulty": how much harder than bits 1d00ffff. Not money; for display only. */
  public static double difficulty(int bits) {
    BigInteger target = decode(bits);
    return target.signum() <= 0 ? 0 : decode(0x1d00ffff).doubleValue() / target.doubleValue();
  }
}
