package org.fondaco.custody.address;

import fr.acinq.secp256k1.Secp256k1;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.fondaco.custody.address.AddressException.Reason;

/** Accounts of the EVM chains, with the checksum of EIP-55 in the case of the letters. */
final class EvmAddress {
  static final int BYTES = 20;

  private EvmAddress() {}

  /** The last 20 bytes of the hash of the key's two coordinates. */
  static byte[] of(byte[] publicKey) {
    byte[] long65 = Secp256k1.Companion.get().pubkeyParse(publicKey);
    return Arrays.copyOfRange(Keccak.hash256(long65, 1, 64), 12, 32);
  }

  static String write(byte[] account) {
    String lower = HexFormat.of().formatHex(account);
    byte[] hash = Keccak.hash256(lower.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < lower.length(); i++) {
      int nibble = hash[i / 2] >>> (i % 2 == 0 ? 4 : 0) & 15;
      char c = lower.charAt(i);
      text.append(nibble >= 8 ? Character.toUpperCase(c) : c);
    }
    return text.toString();
  }

  static boolean looksLikeOne(String text) {
    return text.matches("0[xX][0-9a-fA-F]{40}");
  }

  static byte[] read(String text) {
    if (!looksLikeOne(text)) {
      throw new AddressException(
          Reason.MALFORMED, "an address of this chain is 0x and 40 hexadecimal digits");
    }
    String digits = text.substring(2);
    byte[] account = HexFormat.of().parseHex(digits);
    boolean oneCase =
        digits.equals(digits.toLowerCase(Locale.ROOT))
            || digits.equals(digits.toUpperCase(Locale.ROOT));
    if (!oneCase && !write(account).substring(2).equals(digits)) {
      throw new AddressException(
          Reason.MALFORMED, "the checksum in upper and lower case does not match: a typing error");
    }
    if (Arrays.equals(account, new byte[BYTES])) {
      throw new AddressException(
          Reason.UNSPENDABLE, "nobody has the key of the zero address: what is sent there is lost");
    }
    return account;
  }
}
