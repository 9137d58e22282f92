package org.fondaco.chain.utxo.wire;

import java.util.Arrays;
import org.fondaco.chain.word.Hash;

/** Reads little-endian integers, compact sizes and bytes; never beyond the end of the bytes. */
public final class WireReader {
  /** Bitcoin Core's MAX_SIZE: no count or length on the wire is above it. */
  public static final int SIZE_MAX = 0x0200_0000;

  private final byte[] bytes;
  private final int end;
  private int position;

  public WireReader(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  private int take(int count) {
    if (count < 0 || count > end - position) {
      throw new WireException("end of data");
    }
    int from = position;
    position += count;
    return from;
  }

  /** An unsigned byte. */
  public int uint8() {
    return bytes[take(1)] & 0xff;
  }

  public int uint16() {
    int at = take(2);
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  public int int32() {
    int at = take(4);
    return bytes[at] & 0xff
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }

  public long uint32() {
    return int32() & 0xffff_ffffL;
  }

  public long int64() {
    return uint32() | (long) int32() << 32;
  }

  public byte[] bytes(int count) {
    int from = take(count);
    return Arrays.copyOfRange(bytes, from, from + count);
  }

  /** 32 bytes in the order of the wire; {@link Reversed} shows them as people write them. */
  public Hash hash() {
    return Hash.of(bytes(Hash.BYTES));
  }

  /** Bytes after their length. */
  public byte[] prefixed() {
    return bytes(size());
  }

  /**
   * A length or count.
   *
   * @throws WireException if it is not in its shortest form or above {@link #SIZE_MAX}
   */
  public int size() {
    long size = compactSize();
    if (size < 0 || size > SIZE_MAX) {
      throw new WireException("ReadCompactSize(): size too large");
    }
    return (int) size;
  }

  /**
   * A compact size of any magnitude, unsigned.
   *
   * @throws WireException if it is not in its shortest form
   */
  public long compactSize() {
    int first = uint8();
    long value =
        switch (first) {
          case 0xfd -> uint16();
          case 0xfe -> uint32();
          case 0xff -> int64();
          default -> first;
        };
    boolean shortest =
        switch (first) {
          case 0xfd -> value >= 0xfd;
          case 0xfe -> value > 0xffff;
          case 0xff -> Long.compareUnsigned(value, 0xffff_ffffL) > 0;
          default -> true;
        };
    if (!shortest) {
      throw new WireException("non-canonical ReadCompactSize()");
    }
    return value;
  }

  /**
   * A count of things of which each takes at least {@code bytesMin} bytes, so that a lie about the
   * count costs no memory.
   */
  public int count(int bytesMin) {
    int count = size();
    if ((long) count * bytesMin > remaining()) {
      throw new WireException("end of data");
    }
    return count;
  }

  /** Nothing may follow. */
  public void end() {
    if (remaining() != 0) {
      throw new WireException(remaining() + " bytes too many");
    }
  }
}
