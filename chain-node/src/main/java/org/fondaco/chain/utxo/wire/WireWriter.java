package org.fondaco.chain.utxo.wire;

import java.util.Arrays;
import org.fondaco.chain.word.Hash;

/** Writes little-endian integers, compact sizes and bytes. */
public final class WireWriter {
  private byte[] bytes;
  private int length;

  public WireWriter() {
    this(256);
  }

  public WireWriter(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  private int make(int count) {
    int from = length;
    length = Math.addExact(length, count);
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
    return from;
  }

  public WireWriter uint8(int value) {
    int at = make(1);
    bytes[at] = (byte) value;
    return this;
  }

  public WireWriter uint16(int value) {
    return uint8(value).uint8(value >>> 8);
  }

  /** Takes unsigned values too. */
  public WireWriter int32(long value) {
    int at = make(4);
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  public WireWriter int64(long value) {
    return int32(value).int32(value >>> 32);
  }

  public WireWriter bytes(byte[] value) {
    int at = make(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    return this;
  }

  public WireWriter hash(Hash hash) {
    int at = make(Hash.BYTES);
    hash.copyTo(bytes, at);
    return this;
  }

  /** Bytes after their length. */
  public WireWriter prefixed(byte[] value) {
    return size(value.length).bytes(value);
  }

  /** A compact size, unsigned, in its shortest form. */
  public WireWriter size(long value) {
    if (value >= 0 && value < 0xfd) {
      return uint8((int) value);
    }
    if (value >= 0 && value <= 0xffff) {
      return uint8(0xfd).uint16((int) value);
    }
    if (value >= 0 && value <= 0xffff_ffffL) {
      return uint8(0xfe).int32(value);
    }
    return uint8(0xff).int64(value);
  }

  /** Bytes that {@link #size} takes for {@code value}. */
  public static int sizeBytes(long value) {
    if (value >= 0 && value < 0xfd) {
      return 1;
    }
    if (value >= 0 && value <= 0xffff) {
      return 3;
    }
    return value >= 0 && value <= 0xffff_ffffL ? 5 : 9;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
