package org.fondaco.chain.word;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The 20 bytes of an account, kept as numbers so that maps compare them quickly. */
public final class Address implements Comparable<Address> {
  public static final int BYTES = 20;

  /** 20 zero bytes. */
  public static final Address ZERO = new Address(0, 0, 0);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int high;
  private final long middle;
  private final long low;

  private Address(int high, long middle, long low) {
    this.high = high;
    this.middle = middle;
    this.low = low;
  }

  /**
   * Reads exactly 20 bytes.
   *
   * @throws IllegalArgumentException on any other length
   */
  public static Address of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.length);
    }
    return fromBytes(bytes, 0);
  }

  /** Reads 20 bytes at {@code offset}. */
  public static Address fromBytes(byte[] bytes, int offset) {
    return new Address(
        (int) INT.get(bytes, offset),
        (long) LONG.get(bytes, offset + 4),
        (long) LONG.get(bytes, offset + 12));
  }

  /** The address whose number is {@code value}, as those of the precompiled contracts are. */
  public static Address of(long value) {
    return new Address(0, 0, value);
  }

  /** Reads 40 hexadecimal digits, with or without {@code 0x}. */
  public static Address parse(String text) {
    return of(Hex.decode(text));
  }

  /** The low 160 bits of a word given as limbs, the lowest first. */
  public static Address ofLimbs(long limb0, long limb1, long limb2) {
    return new Address((int) limb2, limb1, limb0);
  }

  public byte[] toBytes() {
    byte[] bytes = new byte[BYTES];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Writes the 20 bytes at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    INT.set(target, offset, high);
    LONG.set(target, offset + 4, middle);
    LONG.set(target, offset + 12, low);
  }

  public U256 toWord() {
    return U256.ofLimbs(low, middle, high & 0xffffffffL, 0);
  }

  /** The number of a precompiled contract, or -1 when the address is above {@code max}. */
  public int numberUpTo(int max) {
    return high == 0 && middle == 0 && low >= 0 && low <= max ? (int) low : -1;
  }

  @Override
  public int compareTo(Address other) {
    int order = Integer.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address address
        && low == address.low
        && middle == address.middle
        && high == address.high;
  }

  @Override
  public int hashCode() {
    return Long.hashCode((low ^ middle * 31) * 0x9e3779b97f4a7c15L) ^ high;
  }

  @Override
  public String toString() {
    return Hex.encode(toBytes());
  }
}
