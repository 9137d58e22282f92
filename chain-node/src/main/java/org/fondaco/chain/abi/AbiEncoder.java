package org.fondaco.chain.abi;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.fondaco.chain.word.Address;

/** Encodes arguments by the contract ABI specification. {@link AbiType} says what values are. */
public final class AbiEncoder {
  private AbiEncoder() {}

  /**
   * The arguments of a call, without the selector; types in the specification's words.
   *
   * @throws IllegalArgumentException if a value does not fit its type, or a type does not exist
   */
  public static byte[] encode(List<String> types, List<?> values) {
    return encodeAll(types.stream().map(AbiType::parse).toList(), values);
  }

  /**
   * The arguments of a call, without the selector.
   *
   * @throws IllegalArgumentException if a value does not fit its type
   */
  public static byte[] encodeAll(List<AbiType> types, List<?> values) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + types.size() + " types");
    }
    ByteArrayOutputStream heads = new ByteArrayOutputStream();
    ByteArrayOutputStream tails = new ByteArrayOutputStream();
    int headBytes = types.stream().mapToInt(AbiType::headBytes).reduce(0, Math::addExact);
    for (int i = 0; i < types.size(); i++) {
      byte[] encoded = value(types.get(i), values.get(i));
      if (types.get(i).dynamic()) {
        heads.writeBytes(word(BigInteger.valueOf(headBytes + tails.size())));
        tails.writeBytes(encoded);
      } else {
        heads.writeBytes(encoded);
      }
    }
    heads.writeBytes(tails.toByteArray());
    return heads.toByteArray();
  }

  private static byte[] value(AbiType type, Object value) {
    return switch (type) {
      case AbiType.Number number -> number(number, as(BigInteger.class, type, value));
      case AbiType.Account _ -> word(new BigInteger(1, as(Address.class, type, value).toBytes()));
      case AbiType.Flag _ ->
          word(as(Boolean.class, type, value) ? BigInteger.ONE : BigInteger.ZERO);
      case AbiType.FixedBytes fixed -> fixed(fixed, as(byte[].class, type, value));
      case AbiType.Bytes _ -> counted(as(byte[].class, type, value));
      case AbiType.Text _ ->
          counted(as(String.class, type, value).getBytes(StandardCharsets.UTF_8));
      case AbiType.Array array -> array(array, as(List.class, type, value));
      case AbiType.Tuple tuple -> encodeAll(tuple.members(), as(List.class, type, value));
    };
  }

  private static byte[] array(AbiType.Array array, List<?> elements) {
    if (array.length().isPresent() && array.length().getAsInt() != elements.size()) {
      throw new IllegalArgumentException(elements.size() + " elements for " + array);
    }
    byte[] body = encodeAll(Collections.nCopies(elements.size(), array.element()), elements);
    return array.length().isPresent()
        ? body
        : join(word(BigInteger.valueOf(elements.size())), body);
  }

  private static byte[] number(AbiType.Number type, BigInteger number) {
    if (!fits(type, number)) {
      throw new IllegalArgumentException(number + " for " + type);
    }
    return word(number);
  }

  static boolean fits(AbiType.Number type, BigInteger number) {
    return type.signed()
        ? number.bitLength() < type.bits()
        : number.signum() >= 0 && number.bitLength() <= type.bits();
  }

  private static byte[] fixed(AbiType.FixedBytes type, byte[] bytes) {
    if (bytes.length != type.size()) {
      throw new IllegalArgumentException(bytes.length + " bytes for " + type);
    }
    return Arrays.copyOf(bytes, AbiType.WORD);
  }

  /** Two's complement in 32 bytes. */
  private static byte[] word(BigInteger number) {
    byte[] word = new byte[AbiType.WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, AbiType.WORD);
    System.arraycopy(bytes, bytes.length - length, word, AbiType.WORD - length, length);
    return word;
  }

  /** A length and the bytes, padded to whole words. */
  private static byte[] counted(byte[] bytes) {
    int padded = Math.ceilDiv(bytes.length, AbiType.WORD) * AbiType.WORD;
    return join(word(BigInteger.valueOf(bytes.length)), Arrays.copyOf(bytes, padded));
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  private static <T> T as(Class<T> kind, AbiType type, Object value) {
    if (!kind.isInstance(value)) {
      throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " for " + type);
    }
    return kind.cast(value);
  }
}
