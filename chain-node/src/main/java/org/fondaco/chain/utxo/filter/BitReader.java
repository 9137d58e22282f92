package org.fondaco.chain.utxo.filter;

import org.fondaco.chain.utxo.wire.WireException;

/** Reads bits, the highest of a byte first. */
final class BitReader {
  private final byte[] bytes;
  private long read;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int bit() {
    int at = (int) (read >>> 3);
    if (at >= bytes.length) {
      throw new WireException("end of data");
    }
    return bytes[at] >>> 7 - (int) (read++ & 7) & 1;
  }

  long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }
}
