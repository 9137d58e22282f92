package org.fondaco.chain.utxo.address;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** BIP-173 and BIP-350. */
public final class Bech32 {
  private static final int LENGTH_MAX = 90;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Bech32() {}

  /** Which constant the checksum ends with. */
  public enum Variant {
    BECH32(1),
    BECH32M(0x2bc830a3);

    private final int constant;

    Variant(int constant) {
      this.constant = constant;
    }
  }

  /**
   * What a text says.
   *
   * @param prefix in lower case
   * @param groups of five bits each, without the checksum
   */
  public record Decoded(Variant variant, String prefix, byte[] groups) {}

  public static String encode(Variant variant, String prefix, byte[] groups) {
    byte[] padded = Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH);
    int checksum = polymod(prefix, padded) ^ variant.constant;
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      padded[groups.length + i] = (byte) (checksum >>> 5 * (5 - i) & 31);
    }
    return prefix + "1" + Base32.encode(padded);
  }

  /**
   * @throws AddressException if the form or the checksum is wrong
   */
  public static Decoded decode(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new AddressException("Bech32 string too long");
    }
    String lower = Base32.lowerCase(text);
    int separator = lower.lastIndexOf('1');
    if (separator < 1 || separator + CHECKSUM_LENGTH >= lower.length()) {
      throw new AddressException("missing or misplaced separator");
    }
    String prefix = lower.substring(0, separator);
    byte[] groups = Base32.decode(lower.substring(separator + 1));
    int checksum = polymod(prefix, groups);
    for (Variant variant : Variant.values()) {
      if (checksum == variant.constant) {
        byte[] payload = Arrays.copyOf(groups, groups.length - CHECKSUM_LENGTH);
        return new Decoded(variant, prefix, payload);
      }
    }
    throw new AddressException("invalid Bech32 checksum");
  }

  private static int polymod(String prefix, byte[] groups) {
    byte[] characters = prefix.getBytes(StandardCharsets.US_ASCII);
    int checksum = 1;
    for (byte character : characters) {
      checksum = step(checksum, character >>> 5);
    }
    checksum = step(checksum, 0);
    for (byte character : characters) {
      checksum = step(checksum, character & 31);
    }
    for (byte group : groups) {
      checksum = step(checksum, group);
    }
    return checksum;
  }

  private static int step(int checksum, int group) {
    int top = checksum >>> 25;
    int next = (checksum & 0x1ffffff) << 5 ^ group;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >>> i & 1) == 0 ? 0 : GENERATOR[i];
    }
    return next;
  }
}
