package org.fondaco.chain.utxo.address;

import java.math.BigInteger;
import java.util.Arrays;
import org.fondaco.chain.crypto.Sha256;

/** Base 58, without letters that look alike, and with a checksum. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
  private static final int CHECKSUM_BYTES = 4;

  /** More than any key or address has, so that a long text costs little. */
  private static final int LENGTH_MAX = 1_000;

  private Base58() {}

  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger number = new BigInteger(1, bytes);
    while (number.signum() > 0) {
      BigInteger[] parts = number.divideAndRemainder(BASE);
      text.append(ALPHABET.charAt(parts[1].intValue()));
      number = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(ALPHABET.charAt(0));
    }
    return text.reverse().toString();
  }

  /**
   * @throws AddressException if a character is not of the alphabet
   */
  public static byte[] decode(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new AddressException("too long for Base58");
    }
    BigInteger number = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new AddressException("invalid Base58 character");
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
      zeros += digit == 0 && zeros == i ? 1 : 0;
    }
    byte[] signed = number.signum() == 0 ? new byte[0] : number.toByteArray();
    int skip = signed.length > 0 && signed[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + signed.length - skip];
    System.arraycopy(signed, skip, bytes, zeros, signed.length - skip);
    return bytes;
  }

  /** With four bytes of SHA-256d behind. */
  public static String encodeChecked(byte[] bytes) {
    byte[] checked = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
    System.arraycopy(Sha256.twice(bytes), 0, checked, bytes.length, CHECKSUM_BYTES);
    return encode(checked);
  }

  /**
   * Without the four bytes of SHA-256d.
   *
   * @throws AddressException if they are wrong
   */
  public static byte[] decodeChecked(String text) {
    byte[] checked = decode(text);
    int length = checked.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw new AddressException("too short for Base58 with a checksum");
    }
    byte[] bytes = Arrays.copyOf(checked, length);
    if (!Arrays.equals(Sha256.twice(bytes), 0, 4, checked, length, checked.length)) {
      throw new AddressException("invalid Base58 checksum");
    }
    return bytes;
  }
}
