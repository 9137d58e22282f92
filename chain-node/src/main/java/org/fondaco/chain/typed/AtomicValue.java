package org.fondaco.chain.typed;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;

/** EIP-712's atomic and dynamic types, each as 32 bytes. */
final class AtomicValue {
  private static final int WORD = 32;

  private AtomicValue() {}

  static boolean isAtomic(String type) {
    return switch (type) {
      case "address", "bool", "string", "bytes", "int", "uint" -> true;
      default ->
          type.startsWith("bytes") && isSize(type.substring(5), 1, WORD)
              || type.startsWith("uint") && isBits(type.substring(4))
              || type.startsWith("int") && isBits(type.substring(3));
    };
  }

  /**
   * The encoding of a value.
   *
   * @param where named in errors
   * @throws IllegalArgumentException if it is none of the type
   */
  static byte[] encode(String type, JsonNode value, String where) {
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException(where + " of type " + type + " is missing");
    }
    try {
      return switch (type) {
        case "address" -> padded(bytes(value, Address.BYTES), true);
        case "bool" -> padded(new byte[] {(byte) (flag(value) ? 1 : 0)}, true);
        case "string" -> Keccak.hash256(text(value).getBytes(StandardCharsets.UTF_8));
        case "bytes" -> Keccak.hash256(Hex.decode(prefixed(value)));
        default ->
            type.startsWith("bytes")
                ? padded(bytes(value, Integer.parseInt(type.substring(5))), false)
                : number(type, value);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          where + ": " + value + " is no " + type + " (" + e.getMessage() + ")", e);
    }
  }

  private static byte[] number(String type, JsonNode value) {
    boolean signed = type.startsWith("int");
    String size = type.substring(signed ? 3 : 4);
    int bits = size.isEmpty() ? 256 : Integer.parseInt(size);
    BigInteger number = number(value);
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      throw new IllegalArgumentException("out of range");
    }
    byte[] word = new byte[WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, WORD);
    System.arraycopy(bytes, bytes.length - length, word, WORD - length, length);
    return word;
  }

  /**
   * JSON's numbers end at 2^53 for many clients, so decimal and hexadecimal texts are taken too.
   */
  private static BigInteger number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    String text = text(value);
    if (text.length() > 80) {
      throw new IllegalArgumentException("too long");
    }
    return text.startsWith("0x")
        ? new BigInteger(1, Hex.decode(text.length() % 2 == 0 ? text : "0x0" + text.substring(2)))
        : new BigInteger(text);
  }

  private static byte[] bytes(JsonNode value, int length) {
    byte[] bytes = Hex.decode(prefixed(value));
    if (bytes.length != length) {
      throw new IllegalArgumentException(bytes.length + " bytes");
    }
    return bytes;
  }

  private static byte[] padded(byte[] bytes, boolean left) {
    byte[] word = new byte[WORD];
    System.arraycopy(bytes, 0, word, left ? WORD - bytes.length : 0, bytes.length);
    return word;
  }

  private static String prefixed(JsonNode value) {
    String text = text(value);
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("no 0x");
    }
    return text;
  }

  private static String text(JsonNode value) {
    if (!value.isString()) {
      throw new IllegalArgumentException("not a string");
    }
    return value.stringValue();
  }

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("not a boolean");
    }
    return value.booleanValue();
  }

  private static boolean isBits(String digits) {
    return isSize(digits, 8, 256) && Integer.parseInt(digits) % 8 == 0;
  }

  private static boolean isSize(String digits, int min, int max) {
    if (!digits.matches("[1-9][0-9]{0,2}")) {
      return false;
    }
    int size = Integer.parseInt(digits);
    return size >= min && size <= max;
  }
}
