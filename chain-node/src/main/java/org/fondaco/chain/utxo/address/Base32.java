package org.fondaco.chain.utxo.address;

import java.io.ByteArrayOutputStream;

/** The 32 characters that Bech32 and CashAddr share, and bytes in groups of five bits. */
final class Base32 {
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  private Base32() {}

  static String encode(byte[] groups) {
    StringBuilder text = new StringBuilder(groups.length);
    for (byte group : groups) {
      text.append(ALPHABET.charAt(group));
    }
    return text.toString();
  }

  /** Of lower case. */
  static byte[] decode(String text) {
    byte[] groups = new byte[text.length()];
    for (int i = 0; i < groups.length; i++) {
      int group = ALPHABET.indexOf(text.charAt(i));
      if (group < 0) {
        throw new AddressException("invalid character '" + text.charAt(i) + "'");
      }
      groups[i] = (byte) group;
    }
    return groups;
  }

  /** The text in lower case; a text may be in either case but not in both. */
  static String lowerCase(String text) {
    boolean lower = false;
    boolean upper = false;
    StringBuilder lowered = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 33 || c > 126) {
        throw new AddressException("invalid character");
      }
      lower |= c >= 'a' && c <= 'z';
      upper |= c >= 'A' && c <= 'Z';
      lowered.append(Character.toLowerCase(c));
    }
    if (lower && upper) {
      throw new AddressException("upper and lower case mixed");
    }
    return lowered.toString();
  }

  /** Eight bits to five, the last group filled up with zeros. */
  static byte[] toGroups(byte[] bytes) {
    return regroup(bytes, 8, 5, true);
  }

  /**
   * Five bits to eight.
   *
   * @throws AddressException if what fills up the last group is not zero or a group by itself
   */
  static byte[] toBytes(byte[] groups) {
    return regroup(groups, 5, 8, false);
  }

  private static byte[] regroup(byte[] from, int bitsFrom, int bitsTo, boolean pad) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    int mask = (1 << bitsTo) - 1;
    for (byte value : from) {
      held = (held << bitsFrom | value & (1 << bitsFrom) - 1) & 0xfff;
      bits += bitsFrom;
      while (bits >= bitsTo) {
        bits -= bitsTo;
        to.write(held >>> bits & mask);
      }
    }
    int rest = held << bitsTo - bits & mask;
    if (pad) {
      if (bits > 0) {
        to.write(rest);
      }
    } else if (bits >= bitsFrom || rest != 0) {
      throw new AddressException("invalid padding");
    }
    return to.toByteArray();
  }
}
