package org.fondaco.custody.payout.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefixes (Yellow Paper, appendix B), as far as transactions need them. */
final class Rlp {
  private static final int STRING = 0x80;
  private static final int LIST = 0xc0;
  private static final int SHORT_MAX = 55;

  private Rlp() {}

  static byte[] string(byte[] bytes) {
    if (bytes.length == 1 && bytes[0] >= 0) {
      return bytes.clone();
    }
    return prefixed(STRING, bytes);
  }

  /** Big endian without leading zeros; zero is the empty string. */
  static byte[] number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = 0;
    while (from < bytes.length && bytes[from] == 0) {
      from++;
    }
    return string(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  static byte[] list(List<byte[]> items) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    items.forEach(all::writeBytes);
    return prefixed(LIST, all.toByteArray());
  }

  private static byte[] prefixed(int base, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (payload.length <= SHORT_MAX) {
      out.write(base + payload.length);
    } else {
      byte[] length = BigInteger.valueOf(payload.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(base + SHORT_MAX + length.length - from);
      out.write(length, from, length.length - from);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /**
   * The strings of a list that has only strings.
   *
   * @throws IllegalArgumentException when the bytes are something else
   */
  static List<byte[]> strings(byte[] bytes, int offset) {
    Span whole = span(bytes, offset, LIST);
    if (whole.end != bytes.length) {
      throw new IllegalArgumentException("RLP: bytes after the list");
    }
    List<byte[]> items = new ArrayList<>();
    int at = whole.start;
    while (at < whole.end) {
      int first = bytes[at] & 0xff;
      Span item = first < STRING ? new Span(at, at + 1) : span(bytes, at, STRING);
      items.add(Arrays.copyOfRange(bytes, item.start, item.end));
      at = item.end;
    }
    return items;
  }

  private record Span(int start, int end) {}

  private static Span span(byte[] bytes, int at, int base) {
    int first = at < bytes.length ? bytes[at] & 0xff : -1;
    int above = first - base;
    if (above < 0 || above > SHORT_MAX + 4 || base == STRING && first >= LIST) {
      throw new IllegalArgumentException("RLP: no " + (base == LIST ? "list" : "string"));
    }
    int lengthBytes = Math.max(0, above - SHORT_MAX);
    long length = above;
    if (lengthBytes > 0) {
      length = 0;
      for (int i = 1; i <= lengthBytes && at + i < bytes.length; i++) {
        length = length << 8 | bytes[at + i] & 0xff;
      }
    }
    long end = at + 1L + lengthBytes + length;
    if (end > bytes.length) {
      throw new IllegalArgumentException("RLP: cut");
    }
    return new Span(at + 1 + lengthBytes, (int) end);
  }
}
