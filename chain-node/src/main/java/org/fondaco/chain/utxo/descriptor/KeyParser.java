package org.fondaco.chain.utxo.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.descriptor.KeyExpression.Origin;
import org.fondaco.chain.utxo.descriptor.KeyExpression.Source;
import org.fondaco.chain.utxo.descriptor.KeyExpression.Wildcard;
import org.jspecify.annotations.Nullable;

/** Reads the keys of descriptors (BIP-380). */
final class KeyParser {
  private static final int TEST_SECRET = 0xef;
  private static final int FINGERPRINT_DIGITS = 8;

  private final AddressFormat format;

  KeyParser(AddressFormat format) {
    this.format = format;
  }

  /** All test networks share the first byte of their secrets, and no main network has it. */
  static boolean isTest(AddressFormat format) {
    return format.secret() == TEST_SECRET;
  }

  /**
   * Reads one key.
   *
   * @param xonly whether 32 bytes are a key here
   * @throws DescriptorException if it is none
   */
  KeyExpression parse(String text, boolean xonly) {
    char mark = text.indexOf('\'') >= 0 ? '\'' : 'h';
    if (!text.startsWith("[")) {
      return parse(null, text, xonly, mark);
    }
    int end = text.indexOf(']');
    if (end < 0) {
      throw new DescriptorException("Key origin start '[ character expected but not found");
    }
    List<String> steps = List.of(text.substring(1, end).split("/", -1));
    if (steps.getFirst().length() != FINGERPRINT_DIGITS) {
      throw new DescriptorException(
          "Fingerprint is not 4 bytes ("
              + steps.getFirst().length()
              + " characters instead of 8 characters)");
    }
    Origin origin =
        new Origin(
            hex(steps.getFirst(), "Fingerprint '" + steps.getFirst() + "' is not hex"),
            Paths.parse(steps.subList(1, steps.size())));
    return parse(origin, text.substring(end + 1), xonly, mark);
  }

  private static byte[] hex(String text, String wrong) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new DescriptorException(wrong);
    }
  }

  private KeyExpression parse(@Nullable Origin origin, String text, boolean xonly, char mark) {
    List<String> steps = new ArrayList<>(List.of(text.split("/", -1)));
    String key = steps.removeFirst();
    if (key.isEmpty()) {
      throw new DescriptorException("No key provided");
    }
    if (steps.isEmpty() && key.matches("(?i)[0-9a-f]+")) {
      return new KeyExpression(origin, bare(key, xonly), List.of(), Wildcard.NONE, mark);
    }
    AddressFormat.PrivateKey secret = steps.isEmpty() ? secret(key) : null;
    if (secret != null) {
      return new KeyExpression(origin, new Source.Secret(secret), List.of(), Wildcard.NONE, mark);
    }
    ExtendedKey extended;
    try {
      extended = ExtendedKey.parse(key, isTest(format));
    } catch (AddressException e) {
      throw new DescriptorException("key '" + key + "' is not valid");
    }
    Wildcard wildcard = Wildcard.NONE;
    if (!steps.isEmpty()) {
      wildcard =
          switch (steps.getLast()) {
            case "*" -> Wildcard.PLAIN;
            case "*h", "*'" -> Wildcard.HARDENED;
            default -> Wildcard.NONE;
          };
      if (wildcard != Wildcard.NONE) {
        steps.removeLast();
      }
    }
    return new KeyExpression(
        origin, new Source.Extended(extended), Paths.parse(steps), wildcard, mark);
  }

  private static Source bare(String text, boolean xonly) {
    byte[] key = hex(text, "key '" + text + "' is not valid");
    if (xonly && key.length == 32) {
      byte[] even = new byte[33];
      even[0] = 2;
      System.arraycopy(key, 0, even, 1, 32);
      key = even;
    } else if (xonly && key.length == 33) {
      key = Arrays.copyOf(key, key.length);
      key[0] = 2;
    }
    boolean form = key.length == 33 && (key[0] | 1) == 3 || key.length == 65 && key[0] == 4;
    if (!form || !Ecdsa.isPublicKey(key)) {
      throw new DescriptorException("Pubkey '" + text + "' is invalid");
    }
    return new Source.Bare(key, xonly);
  }

  private AddressFormat.@Nullable PrivateKey secret(String text) {
    try {
      AddressFormat.PrivateKey key = format.privateKey(text);
      if (!Ecdsa.isSecret(key.bytes())) {
        throw new DescriptorException("key '" + text + "' is not valid");
      }
      return key;
    } catch (AddressException e) {
      return null;
    }
  }
}
