package org.fondaco.chain.word;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * An unsigned 256-bit integer that never changes; its arithmetic wraps as the machine's does. The
 * interpreter computes on limbs in place ({@link Alu}); this class is for what lives in state,
 * transactions and headers.
 */
public final class U256 implements Comparable<U256> {
  public static final int BYTES = 32;
  public static final U256 ZERO = new U256(0, 0, 0, 0);
  public static final U256 ONE = new U256(1, 0, 0, 0);
  public static final U256 MAX = new U256(-1, -1, -1, -1);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long limb0;
  private final long limb1;
  private final long limb2;
  private final long limb3;

  private U256(long limb0, long limb1, long limb2, long limb3) {
    this.limb0 = limb0;
    this.limb1 = limb1;
    this.limb2 = limb2;
    this.limb3 = limb3;
  }

  /**
   * A number that fits a {@code long}.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static U256 of(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not below zero: " + value);
    }
    return ofLimbs(value, 0, 0, 0);
  }

  /** Four limbs, the lowest first, each unsigned. */
  public static U256 ofLimbs(long limb0, long limb1, long limb2, long limb3) {
    if ((limb1 | limb2 | limb3) == 0 && (limb0 == 0 || limb0 == 1)) {
      return limb0 == 0 ? ZERO : ONE;
    }
    return new U256(limb0, limb1, limb2, limb3);
  }

  /** Four limbs at {@code offset}, the lowest first. */
  public static U256 ofLimbs(long[] limbs, int offset) {
    return ofLimbs(limbs[offset], limbs[offset + 1], limbs[offset + 2], limbs[offset + 3]);
  }

  /**
   * Reads 0 to 32 bytes, the highest first.
   *
   * @throws IllegalArgumentException on more than 32
   */
  public static U256 fromBytes(byte[] bytes) {
    if (bytes.length == BYTES) {
      return fromBytes32(bytes, 0);
    }
    if (bytes.length > BYTES) {
      throw new IllegalArgumentException("a word has at most 32 bytes, not " + bytes.length);
    }
    byte[] padded = new byte[BYTES];
    System.arraycopy(bytes, 0, padded, BYTES - bytes.length, bytes.length);
    return fromBytes32(padded, 0);
  }

  /** Reads 32 bytes at {@code offset}. */
  public static U256 fromBytes32(byte[] bytes, int offset) {
    return ofLimbs(
        (long) LONG.get(bytes, offset + 24),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset));
  }

  /**
   * The same number.
   *
   * @throws IllegalArgumentException if it is negative or has more than 256 bits
   */
  public static U256 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not an unsigned number of 256 bits: " + value);
    }
    return ofLimbs(
        value.longValue(),
        value.shiftRight(64).longValue(),
        value.shiftRight(128).longValue(),
        value.shiftRight(192).longValue());
  }

  /**
   * Reads {@code 0x} and hexadecimal digits (leading zeros allowed, none means zero), or decimal
   * ones.
   *
   * @throws IllegalArgumentException on anything else, or on more than 256 bits
   */
  public static U256 parse(String text) {
    int prefix = Hex.prefixLength(text);
    String digits = text.substring(prefix);
    if (prefix > 0 && digits.isEmpty()) {
      return ZERO;
    }
    if (digits.startsWith("-") || digits.startsWith("+")) {
      throw new IllegalArgumentException("not an unsigned number: " + text);
    }
    return of(new BigInteger(digits, prefix > 0 ? 16 : 10));
  }

  public byte[] toBytes32() {
    byte[] bytes = new byte[BYTES];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Writes 32 bytes at {@code offset}, the highest first. */
  public void copyTo(byte[] target, int offset) {
    LONG.set(target, offset, limb3);
    LONG.set(target, offset + 8, limb2);
    LONG.set(target, offset + 16, limb1);
    LONG.set(target, offset + 24, limb0);
  }

  /** The bytes without leading zeros: none for zero. RLP writes numbers so. */
  public byte[] toMinimalBytes() {
    int length = (bitLength() + 7) / 8;
    byte[] minimal = new byte[length];
    System.arraycopy(toBytes32(), BYTES - length, minimal, 0, length);
    return minimal;
  }

  /** Writes four limbs at {@code offset}, the lowest first. */
  public void copyTo(long[] limbs, int offset) {
    limbs[offset] = limb0;
    limbs[offset + 1] = limb1;
    limbs[offset + 2] = limb2;
    limbs[offset + 3] = limb3;
  }

  public U256 add(U256 other) {
    long sum0 = limb0 + other.limb0;
    long carry = carry(limb0, other.limb0, sum0);
    long sum1 = limb1 + other.limb1 + carry;
    carry = carry(limb1, other.limb1, sum1);
    long sum2 = limb2 + other.limb2 + carry;
    carry = carry(limb2, other.limb2, sum2);
    return ofLimbs(sum0, sum1, sum2, limb3 + other.limb3 + carry);
  }

  public U256 subtract(U256 other) {
    long difference0 = limb0 - other.limb0;
    long borrow = borrow(limb0, other.limb0, difference0);
    long difference1 = limb1 - other.limb1 - borrow;
    borrow = borrow(limb1, other.limb1, difference1);
    long difference2 = limb2 - other.limb2 - borrow;
    borrow = borrow(limb2, other.limb2, difference2);
    return ofLimbs(difference0, difference1, difference2, limb3 - other.limb3 - borrow);
  }

  public U256 multiply(U256 other) {
    return compute(
        other, (_, limbs, left, right, result) -> Alu.multiply(limbs, left, right, result));
  }

  /** Division by zero gives zero, as the machine has it. */
  public U256 divide(U256 other) {
    return compute(other, Alu::divide);
  }

  /** The remainder by zero is zero, as the machine has it. */
  public U256 remainder(U256 other) {
    return compute(other, Alu::remainder);
  }

  private interface Operation {
    void apply(Alu alu, long[] limbs, int left, int right, int result);
  }

  private U256 compute(U256 other, Operation operation) {
    long[] limbs = new long[8];
    copyTo(limbs, 0);
    other.copyTo(limbs, 4);
    operation.apply(new Alu(), limbs, 0, 4, 0);
    return ofLimbs(limbs, 0);
  }

  static long carry(long left, long right, long sum) {
    return ((left & right) | ((left | right) & ~sum)) >>> 63;
  }

  static long borrow(long left, long right, long difference) {
    return ((~left & right) | ((~left | right) & difference)) >>> 63;
  }

  public boolean isZero() {
    return (limb0 | limb1 | limb2 | limb3) == 0;
  }

  public int bitLength() {
    if (limb3 != 0) {
      return 256 - Long.numberOfLeadingZeros(limb3);
    }
    if (limb2 != 0) {
      return 192 - Long.numberOfLeadingZeros(limb2);
    }
    return limb1 != 0
        ? 128 - Long.numberOfLeadingZeros(limb1)
        : 64 - Long.numberOfLeadingZeros(limb0);
  }

  /** Whether the number is at most {@code Long.MAX_VALUE}. */
  public boolean fitsLong() {
    return (limb1 | limb2 | limb3) == 0 && limb0 >= 0;
  }

  /** The lowest 64 bits. */
  public long longValue() {
    return limb0;
  }

  /** The number, or {@code Long.MAX_VALUE} where it is greater. */
  public long saturatedLong() {
    return fitsLong() ? limb0 : Long.MAX_VALUE;
  }

  public BigInteger toBigInteger() {
    return new BigInteger(1, toBytes32());
  }

  /** The low 160 bits. */
  public Address toAddress() {
    return Address.ofLimbs(limb0, limb1, limb2);
  }

  public Hash toHash() {
    return Hash.of(toBytes32());
  }

  @Override
  public int compareTo(U256 other) {
    int order = Long.compareUnsigned(limb3, other.limb3);
    if (order == 0) {
      order = Long.compareUnsigned(limb2, other.limb2);
    }
    if (order == 0) {
      order = Long.compareUnsigned(limb1, other.limb1);
    }
    return order != 0 ? order : Long.compareUnsigned(limb0, other.limb0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof U256 word
        && limb0 == word.limb0
        && limb1 == word.limb1
        && limb2 == word.limb2
        && limb3 == word.limb3;
  }

  @Override
  public int hashCode() {
    return Long.hashCode((((limb3 * 31 + limb2) * 31 + limb1) * 31 + limb0) * 0x9e3779b97f4a7c15L);
  }

  /** {@code 0x} and hexadecimal digits without leading zeros, as JSON-RPC writes quantities. */
  @Override
  public String toString() {
    return "0x" + toBigInteger().toString(16);
  }
}
