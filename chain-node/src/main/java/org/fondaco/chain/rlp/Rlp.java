package org.fondaco.chain.rlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes RLP and refuses what is not canonical; {@link RlpWriter} encodes. */
public final class Rlp {
  /**
   * Lists nest in nothing that Ethereum sends by more than a handful; the limit guards the call
   * stack.
   */
  static final int DEPTH_MAX = 512;

  private Rlp() {}

  /**
   * Decodes one item that fills {@code encoded}.
   *
   * @throws RlpException on anything that no canonical encoder writes, and on bytes left over
   */
  public static RlpItem decode(byte[] encoded) {
    Reader reader = new Reader(encoded, 0, encoded.length);
    RlpItem item = reader.next(0);
    if (reader.position != encoded.length) {
      throw new RlpException(encoded.length - reader.position + " bytes left over");
    }
    return item;
  }

  /** Encodes an item as decoded, or one built by hand. */
  public static byte[] encode(RlpItem item) {
    RlpWriter writer = new RlpWriter();
    write(writer, item);
    return writer.toBytes();
  }

  private static void write(RlpWriter writer, RlpItem item) {
    switch (item) {
      case RlpItem.Bytes(byte[] bytes) -> writer.bytes(bytes);
      case RlpItem.Items list -> {
        int start = writer.beginList();
        list.items().forEach(each -> write(writer, each));
        writer.endList(start);
      }
    }
  }

  private static final class Reader {
    private final byte[] source;
    private final int end;
    private int position;

    Reader(byte[] source, int position, int end) {
      this.source = source;
      this.position = position;
      this.end = end;
    }

    RlpItem next(int depth) {
      if (position >= end) {
        throw new RlpException("ends where an item begins");
      }
      int start = position;
      int prefix = source[position++] & 0xff;
      if (prefix < 0x80) {
        return new RlpItem.Bytes(new byte[] {(byte) prefix});
      }
      if (prefix < 0xc0) {
        return string(prefix < 0xb8 ? prefix - 0x80 : longLength(prefix - 0xb7));
      }
      if (depth == DEPTH_MAX) {
        throw new RlpException("lists nest deeper than " + DEPTH_MAX);
      }
      int length = prefix < 0xf8 ? prefix - 0xc0 : longLength(prefix - 0xf7);
      return list(start, length, depth + 1);
    }

    private RlpItem string(int length) {
      need(length);
      if (length == 1 && source[position] >= 0) {
        throw new RlpException("one byte below 0x80 is its own encoding");
      }
      byte[] bytes = Arrays.copyOfRange(source, position, position + length);
      position += length;
      return new RlpItem.Bytes(bytes);
    }

    private RlpItem list(int start, int length, int depth) {
      need(length);
      Reader inner = new Reader(source, position, position + length);
      List<RlpItem> items = new ArrayList<>();
      while (inner.position < inner.end) {
        items.add(inner.next(depth));
      }
      position += length;
      return new RlpItem.Items(items, Arrays.copyOfRange(source, start, position));
    }

    /** A length in {@code size} bytes: more than 55, without leading zeros, within an array. */
    private int longLength(int size) {
      need(size);
      if (source[position] == 0) {
        throw new RlpException("a length with leading zeros");
      }
      long length = 0;
      for (int i = 0; i < size; i++) {
        length = length << 8 | source[position++] & 0xff;
        if (length > Integer.MAX_VALUE) {
          throw new RlpException("a length above 2^31 - 1");
        }
      }
      if (length < 56) {
        throw new RlpException("a length below 56 in long form");
      }
      return (int) length;
    }

    private void need(int length) {
      if (length > end - position) {
        throw new RlpException("ends within an item");
      }
    }
  }
}
