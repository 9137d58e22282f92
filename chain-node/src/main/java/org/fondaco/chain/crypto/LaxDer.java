package org.fondaco.chain.crypto;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads signatures as loosely as Bitcoin did before BIP-66, when OpenSSL read them: lengths may be
 * long or too small, integers padded or negative, and bytes may follow. Old blocks hold such.
 */
final class LaxDer {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final byte[] bytes;
  private int position;

  private LaxDer(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * r and s, 32 bytes each, or all zero where one of them is not below the order; null where there
   * are no two integers.
   */
  static byte @Nullable [] parse(byte[] der) {
    LaxDer reader = new LaxDer(der);
    if (!reader.sequence()) {
      return null;
    }
    BigInteger r = reader.integer();
    if (r == null) {
      return null;
    }
    BigInteger s = reader.integer();
    if (s == null) {
      return null;
    }
    byte[] compact = new byte[64];
    if (r.compareTo(Ecdsa.ORDER) < 0 && s.compareTo(Ecdsa.ORDER) < 0) {
      Ecdsa.writeScalar(r, compact, 0);
      Ecdsa.writeScalar(s, compact, 32);
    }
    return compact;
  }

  private boolean tag(int tag) {
    return position < bytes.length && (bytes[position++] & 0xff) == tag;
  }

  /** The length of the sequence is skipped, not believed. */
  private boolean sequence() {
    if (!tag(SEQUENCE) || position == bytes.length) {
      return false;
    }
    int first = bytes[position++] & 0xff;
    if ((first & 0x80) != 0) {
      int count = first - 0x80;
      if (count > bytes.length - position) {
        return false;
      }
      position += count;
    }
    return true;
  }

  private @Nullable BigInteger integer() {
    if (!tag(INTEGER) || position == bytes.length) {
      return null;
    }
    int length = length();
    if (length < 0 || length > bytes.length - position) {
      return null;
    }
    BigInteger value = new BigInteger(1, bytes, position, length);
    position += length;
    return value;
  }

  /** Negative if it cannot be read. */
  private int length() {
    int first = bytes[position++] & 0xff;
    if ((first & 0x80) == 0) {
      return first;
    }
    int count = first - 0x80;
    if (count > bytes.length - position) {
      return -1;
    }
    while (count > 0 && bytes[position] == 0) {
      position++;
      count--;
    }
    if (count >= 4) {
      return -1;
    }
    int length = 0;
    while (count > 0) {
      length = (length << 8) + (bytes[position++] & 0xff);
      count--;
    }
    return length;
  }
}
