package org.fondaco.chain.utxo.wire;

import java.util.HexFormat;
import org.fondaco.chain.word.Hash;

/**
 * Hashes as people write them: the last byte of the wire first, because they were once printed as
 * little-endian numbers.
 */
public final class Reversed {
  private static final HexFormat LOWER = HexFormat.of();

  private Reversed() {}

  public static String text(Hash hash) {
    return LOWER.formatHex(reversed(hash.toBytes()));
  }

  /**
   * Reads 64 digits.
   *
   * @throws IllegalArgumentException on anything else
   */
  public static Hash parse(String text) {
    return Hash.of(reversed(LOWER.parseHex(text)));
  }

  /** A copy from the last byte to the first. */
  public static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
