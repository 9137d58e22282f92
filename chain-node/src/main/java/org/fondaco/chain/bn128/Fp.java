package org.fondaco.chain.bn128;

import java.math.BigInteger;
import org.fondaco.chain.word.U256;

/**
 * The prime field of alt_bn128, in Montgomery's form x·2^256 mod p in four limbs, the lowest first
 * ("Modular multiplication without trial division", 1985).
 */
final class Fp implements Field<Fp> {
  /** EIP-196. */
  static final BigInteger P =
      new BigInteger(
          "21888242871839275222246405745257275088696311157297823662689037894645226208583");

  private static final long[] MODULUS = limbs(P);

  /** -1/p mod 2^64. */
  private static final long NEGATIVE_INVERSE =
      P.negate().modInverse(BigInteger.ONE.shiftLeft(64)).longValue();

  private static final Fp SQUARED_RADIX = new Fp(limbs(BigInteger.ONE.shiftLeft(512).mod(P)));

  static final Fp ZERO = new Fp(new long[4]);
  static final Fp ONE = of(BigInteger.ONE);

  private final long[] limbs;

  private Fp(long[] limbs) {
    this.limbs = limbs;
  }

  /** The element of a number below p. */
  static Fp of(BigInteger value) {
    return new Fp(limbs(value)).multiply(SQUARED_RADIX);
  }

  BigInteger toBigInteger() {
    return U256.ofLimbs(multiply(new Fp(new long[] {1, 0, 0, 0})).limbs, 0).toBigInteger();
  }

  private static long[] limbs(BigInteger value) {
    long[] limbs = new long[4];
    U256.of(value).copyTo(limbs, 0);
    return limbs;
  }

  @Override
  public Fp add(Fp other) {
    long[] sum = new long[4];
    long carry = 0;
    for (int i = 0; i < 4; i++) {
      long x = limbs[i];
      long y = other.limbs[i];
      long limb = x + y + carry;
      carry = ((x & y) | ((x | y) & ~limb)) >>> 63;
      sum[i] = limb;
    }
    return new Fp(reduce(sum)); // p has 254 bits: the sum does not leave 256
  }

  @Override
  public Fp subtract(Fp other) {
    long[] difference = new long[4];
    if (subtract(limbs, other.limbs, difference) != 0) {
      long carry = 0;
      for (int i = 0; i < 4; i++) {
        long x = difference[i];
        long y = MODULUS[i];
        long limb = x + y + carry;
        carry = ((x & y) | ((x | y) & ~limb)) >>> 63;
        difference[i] = limb;
      }
    }
    return new Fp(difference);
  }

  private static long subtract(long[] left, long[] right, long[] difference) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long x = left[i];
      long y = right[i];
      long limb = x - y - borrow;
      borrow = ((~x & y) | ((~x | y) & limb)) >>> 63;
      difference[i] = limb;
    }
    return borrow;
  }

  private static long[] reduce(long[] value) {
    long[] reduced = new long[4];
    return subtract(value, MODULUS, reduced) == 0 ? reduced : value;
  }

  /** Montgomery's product, interleaved; p's two free bits spare the carry beyond the fifth limb. */
  @Override
  public Fp multiply(Fp other) {
    long[] a = limbs;
    long[] b = other.limbs;
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    for (int i = 0; i < 4; i++) {
      long y = b[i];
      long low = a[0] * y;
      long sum = t0 + low;
      long carry = Math.unsignedMultiplyHigh(a[0], y) + less(sum, low);
      long factor = sum * NEGATIVE_INVERSE;
      long folded = factor * MODULUS[0];
      long fold = Math.unsignedMultiplyHigh(factor, MODULUS[0]) + less(sum + folded, folded);

      long step = mulAddLow(a[1], y, t1, carry);
      carry = mulAddHigh(a[1], y, t1, carry);
      t0 = mulAddLow(factor, MODULUS[1], step, fold);
      fold = mulAddHigh(factor, MODULUS[1], step, fold);

      step = mulAddLow(a[2], y, t2, carry);
      carry = mulAddHigh(a[2], y, t2, carry);
      t1 = mulAddLow(factor, MODULUS[2], step, fold);
      fold = mulAddHigh(factor, MODULUS[2], step, fold);

      step = mulAddLow(a[3], y, t3, carry);
      carry = mulAddHigh(a[3], y, t3, carry);
      t2 = mulAddLow(factor, MODULUS[3], step, fold);
      fold = mulAddHigh(factor, MODULUS[3], step, fold);
      t3 = carry + fold;
    }
    return new Fp(reduce(new long[] {t0, t1, t2, t3}));
  }

  private static long less(long left, long right) {
    return Long.compareUnsigned(left, right) < 0 ? 1 : 0;
  }

  private static long mulAddLow(long x, long y, long addend, long carry) {
    return x * y + addend + carry;
  }

  /** The high half of x·y + addend + carry, which always fits two limbs. */
  private static long mulAddHigh(long x, long y, long addend, long carry) {
    long low = x * y;
    long first = low + addend;
    long second = first + carry;
    return Math.unsignedMultiplyHigh(x, y) + less(first, low) + less(second, first);
  }

  @Override
  public Fp inverse() {
    return of(toBigInteger().modInverse(P));
  }

  @Override
  public Fp negate() {
    return ZERO.subtract(this);
  }

  @Override
  public boolean isZero() {
    return (limbs[0] | limbs[1] | limbs[2] | limbs[3]) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fp element && java.util.Arrays.equals(limbs, element.limbs);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(limbs);
  }
}
