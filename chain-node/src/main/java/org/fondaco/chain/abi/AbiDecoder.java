package org.fondaco.chain.abi;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.fondaco.chain.word.Address;

/**
 * Decodes values by the contract ABI specification. {@link AbiType} says what they become.
 *
 * <p>Strict where a mistake would change a meaning: every offset and length must lie within the
 * data, and no bits may be set outside a number, an address, a flag or fixed bytes. Lenient where
 * contracts are: what follows the values, and the padding of {@code bytes} and {@code string}, is
 * not looked at.
 */
public final class AbiDecoder {
  /** Values that one call may become: offsets can be shared, so small data could become endless. */
  private static final int VALUES_MAX = 1 << 20;

  /** Bytes and text that one call may become, for the same reason. */
  private static final long BYTES_MAX = 64L << 20;

  private final byte[] data;
  private int valuesLeft = VALUES_MAX;
  private long bytesLeft = BYTES_MAX;

  private AbiDecoder(byte[] data) {
    this.data = data;
  }

  /**
   * The values in {@code data}, which has no selector; types in the specification's words.
   *
   * @throws IllegalArgumentException if {@code data} is too short or malformed, or a type does not
   *     exist
   */
  public static List<Object> decode(List<String> types, byte[] data) {
    return decodeAll(types.stream().map(AbiType::parse).toList(), data);
  }

  /**
   * The values in {@code data}, which has no selector.
   *
   * @throws IllegalArgumentException if {@code data} is too short or malformed
   */
  public static List<Object> decodeAll(List<AbiType> types, byte[] data) {
    try {
      return new AbiDecoder(data).values(types, 0);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("ABI values too large", e);
    }
  }

  /** Values whose heads begin at {@code base}, from which offsets count. */
  private List<Object> values(List<AbiType> types, int base) {
    List<Object> values = new ArrayList<>(Math.min(types.size(), 1024));
    int head = base;
    for (AbiType type : types) {
      int at = type.dynamic() ? Math.addExact(base, length(head)) : head;
      values.add(value(type, at));
      head = Math.addExact(head, type.headBytes());
    }
    return values;
  }

  private Object value(AbiType type, int at) {
    if (--valuesLeft < 0) {
      throw tooMany();
    }
    return switch (type) {
      case AbiType.Number number -> number(number, at);
      case AbiType.Account _ -> Address.of(tail(type, at, Address.BYTES));
      case AbiType.Flag flag -> flag(flag, at);
      case AbiType.FixedBytes fixed -> fixed(fixed, at);
      case AbiType.Bytes _ -> counted(at);
      case AbiType.Text _ -> text(counted(at));
      case AbiType.Array array -> array(array, at);
      case AbiType.Tuple tuple -> values(tuple.members(), at);
    };
  }

  private List<Object> array(AbiType.Array array, int at) {
    int length = array.length().orElseGet(() -> length(at));
    int base = array.length().isPresent() ? at : at + AbiType.WORD;
    if (length > valuesLeft) {
      throw tooMany();
    }
    require(base, Math.multiplyExact((long) length, array.element().headBytes()));
    return values(Collections.nCopies(length, array.element()), base);
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException("more than " + VALUES_MAX + " ABI values");
  }

  private BigInteger number(AbiType.Number type, int at) {
    require(at, AbiType.WORD);
    BigInteger number =
        type.signed()
            ? new BigInteger(data, at, AbiType.WORD)
            : new BigInteger(1, data, at, AbiType.WORD);
    if (!AbiEncoder.fits(type, number)) {
      throw new IllegalArgumentException(number + " for " + type);
    }
    return number;
  }

  private boolean flag(AbiType.Flag type, int at) {
    byte flag = tail(type, at, 1)[0];
    if (flag != 0 && flag != 1) {
      throw new IllegalArgumentException(flag + " for bool");
    }
    return flag == 1;
  }

  /** The last {@code size} bytes of a word whose others are zero. */
  private byte[] tail(AbiType type, int at, int size) {
    require(at, AbiType.WORD);
    int from = at + AbiType.WORD - size;
    requireZero(type.toString(), at, from);
    return Arrays.copyOfRange(data, from, at + AbiType.WORD);
  }

  private byte[] fixed(AbiType.FixedBytes type, int at) {
    require(at, AbiType.WORD);
    requireZero(type.toString(), at + type.size(), at + AbiType.WORD);
    return Arrays.copyOfRange(data, at, at + type.size());
  }

  private void requireZero(String what, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[i] != 0) {
        throw new IllegalArgumentException("bits set outside of " + what + " at " + i);
      }
    }
  }

  private byte[] counted(int at) {
    int length = length(at);
    int from = at + AbiType.WORD;
    require(from, length);
    bytesLeft -= length;
    if (bytesLeft < 0) {
      throw new IllegalArgumentException("ABI values too large");
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("an ABI string that is not UTF-8", e);
    }
  }

  /** An offset or a length, neither of which can be beyond the data. */
  private int length(int at) {
    require(at, AbiType.WORD);
    BigInteger length = new BigInteger(1, data, at, AbiType.WORD);
    if (length.bitLength() > 31 || length.intValueExact() > data.length) {
      // T[] of values without size (T = uint[0]) may be longer than the data; nobody has them.
      throw new IllegalArgumentException("an ABI offset or length of " + length);
    }
    return length.intValueExact();
  }

  private void require(int at, long size) {
    if (at < 0 || at + size > data.length) {
      throw new IllegalArgumentException(
          "ABI data ends at " + data.length + ", needed to " + (at + size));
    }
  }
}
