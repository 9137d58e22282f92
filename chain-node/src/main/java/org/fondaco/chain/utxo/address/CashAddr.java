package org.fondaco.chain.utxo.address;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bitcoin Cash's addresses. */
public final class CashAddr {
  private static final int CHECKSUM_LENGTH = 8;
  private static final int[] HASH_BYTES = {20, 24, 28, 32, 40, 48, 56, 64};
  private static final long[] GENERATOR = {
    0x98f2bc8e61L, 0x79b76d99e2L, 0xf33e5fb3c4L, 0xae2eabe2a8L, 0x1e4f43e470L
  };

  private CashAddr() {}

  /** What is hashed, and whether the owner can hold tokens; the ordinal is the number written. */
  public enum Type {
    KEY,
    SCRIPT,
    TOKEN_KEY,
    TOKEN_SCRIPT;

    /** CHIP-2022-02: whether the owner's wallet knows of tokens. */
    public boolean isTokenAware() {
      return this == TOKEN_KEY || this == TOKEN_SCRIPT;
    }
  }

  /** What a text says. */
  public record Decoded(Type type, byte[] hash) {}

  /** With its prefix and a colon. */
  public static String encode(String prefix, Type type, byte[] hash) {
    int size = Arrays.binarySearch(HASH_BYTES, hash.length);
    if (size < 0) {
      throw new IllegalArgumentException("no address has a hash of " + hash.length + " bytes");
    }
    byte[] payload = new byte[1 + hash.length];
    payload[0] = (byte) (type.ordinal() << 3 | size);
    System.arraycopy(hash, 0, payload, 1, hash.length);
    byte[] groups = Base32.toGroups(payload);
    byte[] padded = Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH);
    long checksum = polymod(prefix, padded);
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      padded[groups.length + i] = (byte) (checksum >>> 5 * (7 - i) & 31);
    }
    return prefix + ":" + Base32.encode(padded);
  }

  /**
   * Reads an address, whose prefix may be left out.
   *
   * @param prefix of the network
   * @throws AddressException if it is of another network or no address
   */
  public static Decoded decode(String prefix, String text) {
    String lower = Base32.lowerCase(text);
    int colon = lower.indexOf(':');
    if (colon >= 0 && !lower.substring(0, colon).equals(prefix)) {
      throw new AddressException("not an address of this network, whose prefix is " + prefix);
    }
    byte[] groups = Base32.decode(lower.substring(colon + 1));
    if (groups.length < CHECKSUM_LENGTH || polymod(prefix, groups) != 0) {
      throw new AddressException("invalid CashAddr checksum");
    }
    byte[] payload = Base32.toBytes(Arrays.copyOf(groups, groups.length - CHECKSUM_LENGTH));
    if (payload.length == 0 || payload[0] < 0) {
      throw new AddressException("invalid CashAddr version");
    }
    int type = payload[0] >>> 3;
    if (payload.length - 1 != HASH_BYTES[payload[0] & 7]) {
      throw new AddressException("invalid length of the hash");
    }
    if (type >= Type.values().length) {
      throw new AddressException("unknown type of address: " + type);
    }
    return new Decoded(Type.values()[type], Arrays.copyOfRange(payload, 1, payload.length));
  }

  private static long polymod(String prefix, byte[] groups) {
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
