package org.fondaco.chain.state;

import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Contract code with what the interpreter works out once: where jumps may land, and a tail that
 * reads as STOP.
 */
public final class Code {
  public static final Code EMPTY = new Code(new byte[0]);

  /** A PUSH32 that is the last byte reads 32 more, and the operation after it one. */
  private static final int PADDING = 33;

  private final byte[] padded;
  private final int length;
  private @Nullable Hash hash;
  private long @Nullable [] destinations;

  public Code(byte[] bytes) {
    padded = java.util.Arrays.copyOf(bytes, bytes.length + PADDING);
    length = bytes.length;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public byte[] toBytes() {
    return java.util.Arrays.copyOf(padded, length);
  }

  /** The code and 33 zero bytes; must not be changed. */
  public byte[] padded() {
    return padded;
  }

  public Hash hash() {
    Hash known = hash;
    if (known == null) {
      known = length == 0 ? Keccak.EMPTY : Hash.of(Keccak.hash256(padded, 0, length));
      hash = known;
    }
    return known;
  }

  /** Whether a jump may go there: a JUMPDEST that is not data of a PUSH. */
  public boolean isDestination(int position) {
    if (position < 0 || position >= length || padded[position] != 0x5b) {
      return false;
    }
    long[] known = destinations;
    if (known == null) {
      known = findDestinations();
      destinations = known;
    }
    return (known[position >> 6] >>> (position & 63) & 1) != 0;
  }

  private long[] findDestinations() {
    long[] found = new long[(length + 63) / 64];
    for (int i = 0; i < length; i++) {
      int operation = padded[i];
      if (operation == 0x5b) {
        found[i >> 6] |= 1L << (i & 63);
      } else if (operation >= 0x60 && operation <= 0x7f) {
        i += operation - 0x5f;
      }
    }
    return found;
  }
}
