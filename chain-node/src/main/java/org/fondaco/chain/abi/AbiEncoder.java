package org.fondaco.chain.abi;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.fondaco.chain.word.Address;

/**
 * Encodes arguments by the contract ABI specification. Types are its words: {@code uint8…256},
 * {@code int8…256}, {@code address}, {@code bool}, {@code bytes1…32}, {@code bytes}, {@code
 * string}, and arrays of these ({@code T[]}, {@code T[n]}).
 *
 * <p>Values are {@link BigInteger} for numbers, {@link Address}, {@link Boolean}, {@code byte[]},
 * {@link String} and {@link List}.
 */
public final class AbiEncoder {
  private static final int WORD = 32;

  private AbiEncoder() {}

  /**
   * The arguments of a call, without the selector.
   *
   * @throws IllegalArgumentException if a value does not fit its type, or a type does not exist
   */
  public static byte[] encode(List<String> types, List<?> values) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + types.size() + " types");
    }
    List<byte[]> heads = new ArrayList<>();
    List<byte[]> tails = new ArrayList<>();
    int offset = types.stream().mapToInt(AbiEncoder::headBytes).sum();
    for (int i = 0; i < types.size(); i++) {
      byte[] encoded = value(types.get(i), values.get(i));
      if (dynamic(types.get(i))) {
        heads.add(word(BigInteger.valueOf(offset)));
        tails.add(encoded);
        offset += encoded.length;
      } else {
        heads.add(encoded);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    heads.forEach(out::writeBytes);
    tails.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] value(String type, Object value) {
    if (type.endsWith("]")) {
      List<?> elements = as(List.class, type, value);
      int length = arrayLength(type);
      if (length >= 0 && length != elements.size()) {
        throw new IllegalArgumentException(elements.size() + " elements for " + type);
      }
      byte[] body = encode(Collections.nCopies(elements.size(), element(type)), elements);
      return length >= 0 ? body : join(word(BigInteger.valueOf(elements.size())), body);
    }
    return switch (type) {
      case "address" -> word(new BigInteger(1, as(Address.class, type, value).toBytes()));
      case "bool" -> word(as(Boolean.class, type, value) ? BigInteger.ONE : BigInteger.ZERO);
      case "string" -> counted(as(String.class, type, value).getBytes(StandardCharsets.UTF_8));
      case "bytes" -> counted(as(byte[].class, type, value));
      default -> sized(type, value);
    };
  }

  private static byte[] sized(String type, Object value) {
    if (type.startsWith("bytes")) {
      byte[] bytes = as(byte[].class, type, value);
      int size = size(type, "bytes", 1, WORD);
      if (bytes.length != size) {
        throw new IllegalArgumentException(bytes.length + " bytes for " + type);
      }
      return Arrays.copyOf(bytes, WORD);
    }
    boolean signed = type.startsWith("int");
    int bits = size(type, signed ? "int" : "uint", 8, 256);
    BigInteger number = as(BigInteger.class, type, value);
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (bits % 8 != 0 || !fits) {
      throw new IllegalArgumentException(number + " for " + type);
    }
    return word(number);
  }

  private static int size(String type, String prefix, int min, int max) {
    String digits = type.startsWith(prefix) ? type.substring(prefix.length()) : "";
    int size = digits.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : 0;
    if (size < min || size > max) {
      throw new IllegalArgumentException("no ABI type " + type);
    }
    return size;
  }

  /** Two's complement in 32 bytes. */
  private static byte[] word(BigInteger number) {
    byte[] word = new byte[WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, WORD);
    System.arraycopy(bytes, bytes.length - length, word, WORD - length, length);
    return word;
  }

  /** A length and the bytes, padded to whole words. */
  private static byte[] counted(byte[] bytes) {
    int padded = (bytes.length + WORD - 1) / WORD * WORD;
    return join(word(BigInteger.valueOf(bytes.length)), Arrays.copyOf(bytes, padded));
  }

  private static boolean dynamic(String type) {
    if (type.endsWith("]")) {
      return arrayLength(type) < 0 || dynamic(element(type));
    }
    return type.equals("bytes") || type.equals("string");
  }

  private static int headBytes(String type) {
    return dynamic(type) || !type.endsWith("]")
        ? WORD
        : Math.multiplyExact(arrayLength(type), headBytes(element(type)));
  }

  private static String element(String type) {
    return type.substring(0, type.lastIndexOf('['));
  }

  /** The length of {@code T[n]}; -1 for {@code T[]}. */
  private static int arrayLength(String type) {
    String length = type.substring(type.lastIndexOf('[') + 1, type.length() - 1);
    return length.isEmpty() ? -1 : Integer.parseInt(length);
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  private static <T> T as(Class<T> kind, String type, Object value) {
    if (!kind.isInstance(value)) {
      throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " for " + type);
    }
    return kind.cast(value);
  }
}
