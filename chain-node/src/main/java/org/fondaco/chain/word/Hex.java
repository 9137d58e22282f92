package org.fondaco.chain.word;

import java.util.HexFormat;

/** Bytes as {@code 0x…} in lower case, as JSON-RPC and the official vectors write them. */
public final class Hex {
  private static final HexFormat LOWER = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return "0x" + LOWER.formatHex(bytes);
  }

  /**
   * Reads hexadecimal with or without {@code 0x}, two digits a byte.
   *
   * @throws IllegalArgumentException on an odd number of digits or anything that is not one
   */
  public static byte[] decode(String text) {
    return LOWER.parseHex(text, prefixLength(text), text.length());
  }

  static int prefixLength(String text) {
    return text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
  }
}
