package org.fondaco.chain.trie;

import java.util.Arrays;
import org.fondaco.chain.rlp.RlpException;

/** Keys as half bytes, and their hex-prefix encoding (yellow paper, appendix C). */
public final class Nibbles {
  /** A path as encoded in a leaf ({@code leaf}) or an extension. */
  @SuppressWarnings("ArrayRecordComponent") // read only, one a node
  public record Path(byte[] nibbles, boolean leaf) {}

  private static final int LEAF = 0x20;
  private static final int ODD = 0x10;

  private Nibbles() {}

  public static byte[] of(byte[] key) {
    byte[] nibbles = new byte[2 * key.length];
    for (int i = 0; i < key.length; i++) {
      nibbles[2 * i] = (byte) (key[i] >> 4 & 15);
      nibbles[2 * i + 1] = (byte) (key[i] & 15);
    }
    return nibbles;
  }

  /** The key of an even number of nibbles. */
  static byte[] toKey(byte[] nibbles) {
    byte[] key = new byte[nibbles.length / 2];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (nibbles[2 * i] << 4 | nibbles[2 * i + 1]);
    }
    return key;
  }

  public static byte[] encode(byte[] nibbles, boolean leaf) {
    byte[] path = new byte[nibbles.length / 2 + 1];
    path[0] = (byte) (leaf ? LEAF : 0);
    int at = 0;
    if (nibbles.length % 2 == 1) {
      path[0] |= (byte) (ODD | nibbles[at++]);
    }
    for (int i = 1; i < path.length; i++) {
      path[i] = (byte) (nibbles[at++] << 4 | nibbles[at++]);
    }
    return path;
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws RlpException on anything else
   */
  public static Path decode(byte[] path) {
    if (path.length == 0 || (path[0] & 0xc0) != 0 || even(path) && (path[0] & 15) != 0) {
      throw new RlpException("not a hex-prefix path");
    }
    byte[] all = of(path);
    return new Path(Arrays.copyOfRange(all, even(path) ? 2 : 1, all.length), (path[0] & LEAF) != 0);
  }

  private static boolean even(byte[] path) {
    return (path[0] & ODD) == 0;
  }

  /** How many nibbles agree from {@code offset} of {@code key} on. */
  static int shared(byte[] path, byte[] key, int offset) {
    int count = 0;
    while (count < path.length
        && offset + count < key.length
        && path[count] == key[offset + count]) {
      count++;
    }
    return count;
  }

  static byte[] from(byte[] nibbles, int offset) {
    return Arrays.copyOfRange(nibbles, offset, nibbles.length);
  }

  static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  static byte[] join(byte[] left, int nibble) {
    return join(left, new byte[] {(byte) nibble});
  }
}
