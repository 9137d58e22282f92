package org.fondaco.chain.rlp;

import java.util.Arrays;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * Encodes RLP into a growing buffer. A list's length is known when it ends, so its bytes move then
 * to make room for the prefix: lists are short or nest little, which makes that cheaper than
 * measuring first.
 */
public final class RlpWriter {
  private byte[] buffer = new byte[256];
  private int position;

  /** Begins a list; the result goes to {@link #endList}. */
  public int beginList() {
    return position;
  }

  /** Ends the list that began at {@code start}. */
  public RlpWriter endList(int start) {
    int length = position - start;
    int size = prefixSize(length);
    ensure(size);
    System.arraycopy(buffer, start, buffer, start + size, length);
    position = start;
    prefix(0xc0, length);
    position += length;
    return this;
  }

  public RlpWriter bytes(byte[] bytes) {
    ensure(bytes.length + 5);
    if (bytes.length != 1 || bytes[0] < 0) {
      prefix(0x80, bytes.length);
    }
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    position += bytes.length;
    return this;
  }

  /** A number: its bytes without leading zeros. */
  public RlpWriter word(U256 value) {
    return bytes(value.toMinimalBytes());
  }

  /** A number from 0 to {@code Long.MAX_VALUE}. */
  public RlpWriter number(long value) {
    return word(U256.of(value));
  }

  public RlpWriter hash(Hash hash) {
    return bytes(hash.toBytes());
  }

  public RlpWriter address(Address address) {
    return bytes(address.toBytes());
  }

  /** Bytes that are an encoding already. */
  public RlpWriter encoded(byte[] encoding) {
    ensure(encoding.length);
    System.arraycopy(encoding, 0, buffer, position, encoding.length);
    position += encoding.length;
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, position);
  }

  private void prefix(int kind, int length) {
    if (length < 56) {
      buffer[position++] = (byte) (kind + length);
      return;
    }
    int size = prefixSize(length) - 1;
    buffer[position++] = (byte) (kind + 55 + size);
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      buffer[position++] = (byte) (length >>> shift);
    }
  }

  private static int prefixSize(int length) {
    return length < 56 ? 1 : 1 + (39 - Integer.numberOfLeadingZeros(length)) / 8;
  }

  private void ensure(int more) {
    if (buffer.length - position < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(position, more)));
    }
  }
}
