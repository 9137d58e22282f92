package org.fondaco.chain.word;

import java.util.Arrays;

/** 32 bytes that name something: a block, a transaction, code or a trie node. */
public final class Hash implements Comparable<Hash> {
  public static final int BYTES = 32;

  /** 32 zero bytes. */
  public static final Hash ZERO = new Hash(new byte[BYTES]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies exactly 32 bytes.
   *
   * @throws IllegalArgumentException on any other length
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** Reads 64 hexadecimal digits, with or without {@code 0x}. */
  public static Hash parse(String text) {
    return of(Hex.decode(text));
  }

  /** A copy: the caller may change it. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, BYTES);
  }

  public U256 toWord() {
    return U256.fromBytes(bytes);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  /** The bytes are a hash already, so any four of them do. */
  @Override
  public int hashCode() {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  @Override
  public String toString() {
    return Hex.encode(bytes);
  }
}
