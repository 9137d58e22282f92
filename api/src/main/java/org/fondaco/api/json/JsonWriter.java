package org.fondaco.api.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends JSON text to a growing array, fields in the order given. The result is ASCII: everything
 * else is escaped. Does not check that names, values and brackets alternate properly. Not
 * thread-safe; one a response, so that the bytes can be handed to the network without a copy.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LONG_MIN = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;
  private boolean comma;

  public JsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** What was written; shares the array. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** Writes a field's name; names must be plain ASCII without quotes. */
  public JsonWriter name(String name) {
    separate();
    int n = name.length();
    ensure(n + 3);
    bytes[length++] = '"';
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) name.charAt(i);
    }
    bytes[length++] = '"';
    bytes[length++] = ':';
    comma = false;
    return this;
  }

  public JsonWriter value(String value) {
    separate();
    byteOf('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    byteOf('"');
    comma = true;
    return this;
  }

  public JsonWriter value(long value) {
    separate();
    digits(value, 0);
    comma = true;
    return this;
  }

  public JsonWriter value(boolean value) {
    separate();
    raw(value ? TRUE : FALSE);
    comma = true;
    return this;
  }

  public JsonWriter nullValue() {
    separate();
    raw(NULL);
    comma = true;
    return this;
  }

  /**
   * Writes an amount as a quoted decimal with exactly {@code scale} decimals.
   *
   * @param units amount in units of 10^-scale
   */
  public JsonWriter decimal(long units, int scale) {
    separate();
    byteOf('"');
    digits(units, scale);
    byteOf('"');
    comma = true;
    return this;
  }

  /** As {@link #decimal(long, int)}, of any size. */
  public JsonWriter decimal(BigInteger units, int scale) {
    return units.bitLength() < Long.SIZE
        ? decimal(units.longValue(), scale)
        : value(new BigDecimal(units, scale).toPlainString());
  }

  /** Writes a value that another writer holds. */
  public JsonWriter copy(JsonWriter value) {
    separate();
    ensure(value.length);
    System.arraycopy(value.bytes, 0, bytes, length, value.length);
    length += value.length;
    comma = true;
    return this;
  }

  /** Writes a value that is JSON already; beyond ASCII it is escaped, which only texts contain. */
  public JsonWriter json(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x7f) {
        byteOf(c);
      } else {
        character(c);
      }
    }
    comma = true;
    return this;
  }

  public JsonWriter field(String name, String value) {
    return name(name).value(value);
  }

  public JsonWriter field(String name, long value) {
    return name(name).value(value);
  }

  public JsonWriter field(String name, boolean value) {
    return name(name).value(value);
  }

  /** Writes a field that is a quoted decimal. */
  public JsonWriter field(String name, long units, int scale) {
    return name(name).decimal(units, scale);
  }

  /** Writes a field that is a quoted decimal of any size. */
  public JsonWriter field(String name, BigInteger units, int scale) {
    return name(name).decimal(units, scale);
  }

  private JsonWriter open(char bracket) {
    separate();
    byteOf(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    byteOf(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      byteOf(',');
    }
  }

  private void byteOf(int b) {
    ensure(1);
    bytes[length++] = (byte) b;
  }

  private void raw(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void character(char c) {
    if (c == '"' || c == '\\') {
      byteOf('\\');
      byteOf(c);
    } else if (c >= 0x20 && c < 0x7f) {
      byteOf(c);
    } else {
      ensure(6);
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[(c >> shift) & 0xf];
      }
    }
  }

  /** Writes from the last digit to the first, at least one before the point. */
  private void digits(long units, int scale) {
    if (units == Long.MIN_VALUE) {
      // Has no positive counterpart; never a balance, only a client's absent number.
      raw(LONG_MIN);
      return;
    }
    long rest = Math.abs(units);
    int count = Math.max(scale + 1, digitCount(rest));
    int size = count + (scale > 0 ? 1 : 0) + (units < 0 ? 1 : 0);
    ensure(size);
    int at = length + size;
    for (int i = 0; i < count; i++) {
      if (i == scale && scale > 0) {
        bytes[--at] = '.';
      }
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    if (units < 0) {
      bytes[--at] = '-';
    }
    length += size;
  }

  private static int digitCount(long value) {
    int count = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      count++;
    }
    return count;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
