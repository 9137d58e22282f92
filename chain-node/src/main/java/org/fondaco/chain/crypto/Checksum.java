package org.fondaco.chain.crypto;

import java.nio.charset.StandardCharsets;
import org.fondaco.chain.word.Address;

/** EIP-55: an address whose capitals are its checksum. */
public final class Checksum {
  private Checksum() {}

  /** {@code 0x} and 40 digits, a letter in upper case where the digits' Keccak has 8 or more. */
  public static String of(Address address) {
    String digits = address.toString().substring(2);
    byte[] hash = Keccak.hash256(digits.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
      text.append(nibble >= 8 ? Character.toUpperCase(digits.charAt(i)) : digits.charAt(i));
    }
    return text.toString();
  }
}
