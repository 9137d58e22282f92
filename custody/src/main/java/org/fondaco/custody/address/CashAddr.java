package org.fondaco.custody.address;

import fr.acinq.bitcoin.Bech32;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.fondaco.custody.address.AddressException.Reason;

/** Bitcoin Cash's way to write addresses (CashAddr), with CHIP-2022-02's types for tokens. */
final class CashAddr {
  static final int KEY = 0;
  static final int SCRIPT = 1;
  static final int TOKEN_KEY = 2;
  static final int TOKEN_SCRIPT = 3;

  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int CHECKSUM_LENGTH = 8;
  private static final int[] HASH_BYTES = {20, 24, 28, 32, 40, 48, 56, 64};
  private static final long[] GENERATOR = {
    0x98f2bc8e61L, 0x79b76d99e2L, 0xf33e5fb3c4L, 0xae2eabe2a8L, 0x1e4f43e470L
  };

  private CashAddr() {}

  /** What is hashed, and the hash. */
  record Decoded(int type, byte[] hash) {}

  /** With its prefix and a colon. */
  static String write(String prefix, int type, byte[] hash) {
    byte[] payload = new byte[1 + hash.length];
    payload[0] = (byte) (type << 3 | Arrays.binarySearch(HASH_BYTES, hash.length));
    System.arraycopy(hash, 0, payload, 1, hash.length);
    Byte[] groups = Bech32.eight2five(payload);
    byte[] padded = new byte[groups.length + CHECKSUM_LENGTH];
    for (int i = 0; i < groups.length; i++) {
      padded[i] = groups[i];
    }
    long checksum = checksum(prefix, padded);
    StringBuilder text = new StringBuilder(prefix).append(':');
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      padded[groups.length + i] = (byte) (checksum >>> 5 * (CHECKSUM_LENGTH - 1 - i) & 31);
    }
    for (byte group : padded) {
      text.append(ALPHABET.charAt(group));
    }
    return text.toString();
  }

  /** Reads an address of one network, whose prefix may be left out. */
  static Decoded read(String prefix, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw malformed("upper and lower case are mixed");
    }
    String body = lower.startsWith(prefix + ":") ? lower.substring(prefix.length() + 1) : lower;
    byte[] groups = new byte[body.length()];
    for (int i = 0; i < groups.length; i++) {
      int group = ALPHABET.indexOf(body.charAt(i));
      if (group < 0) {
        throw malformed("it has the character '" + body.charAt(i) + "'");
      }
      groups[i] = (byte) group;
    }
    if (groups.length <= CHECKSUM_LENGTH || checksum(prefix, groups) != 0) {
      throw malformed("the checksum does not match");
    }
    return decoded(groups);
  }

  private static Decoded decoded(byte[] groups) {
    Byte[] body = new Byte[groups.length - CHECKSUM_LENGTH];
    for (int i = 0; i < body.length; i++) {
      body[i] = groups[i];
    }
    byte[] payload;
    try {
      payload = Bech32.five2eight(body, 0);
    } catch (IllegalArgumentException e) {
      throw malformed("its padding is not zero");
    }
    if (payload.length == 0 || payload[0] < 0) {
      throw malformed("its version is not known");
    }
    int type = payload[0] >>> 3;
    if (type > TOKEN_SCRIPT) {
      throw malformed("its type is not known");
    }
    if (payload.length - 1 != HASH_BYTES[payload[0] & 7]) {
      throw malformed("its hash has another length than it says");
    }
    return new Decoded(type, Arrays.copyOfRange(payload, 1, payload.length));
  }

  private static AddressException malformed(String what) {
    return new AddressException(Reason.MALFORMED, "no CashAddr address: " + what);
  }

  private static long checksum(String prefix, byte[] groups) {
    long checksum = 1;
    for (byte character : prefix.getBytes(StandardCharsets.US_ASCII)) {
      checksum = step(checksum, character & 31);
    }
    checksum = step(checksum, 0);
    for (byte group : groups) {
      checksum = step(checksum, group);
    }
    return checksum ^ 1;
  }

  private static long step(long checksum, int group) {
    long top = checksum >>> 35;
    long next = (checksum & 0x07ffffffffL) << 5 ^ group;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >>> i & 1) == 0 ? 0 : GENERATOR[i];
    }
    return next;
  }
}
