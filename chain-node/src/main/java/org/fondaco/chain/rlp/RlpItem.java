package org.fondaco.chain.rlp;

import java.util.List;
import org.fondaco.chain.word.U256;

/** What RLP encodes: a string of bytes or a list of items. */
public sealed interface RlpItem {
  /** A string of bytes; they must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // the decoder's own copy, handed on
  record Bytes(byte[] bytes) implements RlpItem {}

  /** A list; {@code encoded} is its own encoding, for hashing, and must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // the decoder's own copy, handed on
  record Items(List<RlpItem> items, byte[] encoded) implements RlpItem {
    public RlpItem at(int index) {
      if (index >= items.size()) {
        throw new RlpException("a list of " + items.size() + " has no item " + index);
      }
      return items.get(index);
    }

    public int size() {
      return items.size();
    }
  }

  /**
   * The bytes of a string.
   *
   * @throws RlpException if this is a list
   */
  default byte[] asBytes() {
    return switch (this) {
      case Bytes(byte[] bytes) -> bytes;
      case Items items -> throw new RlpException("a list where bytes belong");
    };
  }

  /**
   * A list.
   *
   * @throws RlpException if this is a string
   */
  default Items asList() {
    return switch (this) {
      case Bytes bytes -> throw new RlpException("bytes where a list belongs");
      case Items items -> items;
    };
  }

  /**
   * Bytes of exactly this length.
   *
   * @throws RlpException otherwise
   */
  default byte[] asBytes(int length) {
    byte[] bytes = asBytes();
    if (bytes.length != length) {
      throw new RlpException(bytes.length + " bytes where " + length + " belong");
    }
    return bytes;
  }

  /**
   * A number of at most 256 bits without leading zeros.
   *
   * @throws RlpException otherwise
   */
  default U256 asWord() {
    byte[] bytes = asBytes();
    if (bytes.length > 32) {
      throw new RlpException("a number of " + bytes.length + " bytes");
    }
    if (bytes.length > 0 && bytes[0] == 0) {
      throw new RlpException("a number with leading zeros");
    }
    return U256.fromBytes(bytes);
  }

  /**
   * A number from 0 to {@code Long.MAX_VALUE} without leading zeros.
   *
   * @throws RlpException otherwise
   */
  default long asLong() {
    U256 word = asWord();
    if (!word.fitsLong()) {
      throw new RlpException("a number above 2^63 - 1");
    }
    return word.longValue();
  }
}
