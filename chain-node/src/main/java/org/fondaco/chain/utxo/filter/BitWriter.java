package org.fondaco.chain.utxo.filter;

import java.util.Arrays;

/** Writes bits, the highest of a byte first. */
final class BitWriter {
  private byte[] bytes = new byte[64];
  private long bits;

  void bit(long bit) {
    int at = (int) (bits >>> 3);
    if (at == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[at] |= (byte) (bit << 7 - (bits & 7));
    bits++;
  }

  /** The low bits of {@code value}. */
  void bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bit(value >>> i & 1);
    }
  }

  void bytes(byte[] values) {
    for (byte value : values) {
      bits(value & 0xff, 8);
    }
  }

  /** The last byte filled up with zeros. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, (int) (bits + 7 >>> 3));
  }
}
