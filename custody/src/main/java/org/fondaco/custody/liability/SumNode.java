package org.fondaco.custody.liability;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A node of a Merkle sum tree: a hash and the sum below it. A parent's hash covers each child's
 * hash <em>and</em> sum; where it covers only their total, one sum can be told to two customers
 * (Chalkias et al., eprint 2018/1139).
 *
 * @param hash 32 bytes
 * @param sum ledger units, never below zero
 */
public record SumNode(byte[] hash, long sum) {
  private static final byte LEAF = 0;
  private static final byte PARENT = 1;

  /** Stands where a level has no sibling. */
  public static final SumNode NOTHING = new SumNode(sha256().digest(new byte[] {2}), 0);

  public SumNode {
    if (hash.length != 32) {
      throw new IllegalArgumentException("a hash has 32 bytes");
    }
    if (sum < 0) {
      throw new IllegalArgumentException("a sum below zero: " + sum);
    }
  }

  /**
   * A customer's leaf.
   *
   * @param salt 32 bytes, of the epoch, the asset and the account; without them nobody can guess
   *     what another leaf holds
   */
  public static SumNode leaf(long epoch, int asset, long account, byte[] salt, long units) {
    return leaf(sha256(), epoch, asset, account, salt, units);
  }

  static SumNode leaf(
      MessageDigest digest, long epoch, int asset, long account, byte[] salt, long units) {
    if (units < 0) {
      throw new IllegalArgumentException("account " + account + " owes: " + units);
    }
    ByteBuffer bytes = ByteBuffer.allocate(1 + 8 + 4 + 8 + 32 + 8);
    bytes.put(LEAF).putLong(epoch).putInt(asset).putLong(account).put(salt).putLong(units);
    return new SumNode(digest.digest(bytes.array()), units);
  }

  /**
   * A parent.
   *
   * @throws ArithmeticException when the sum is beyond a long
   */
  public static SumNode parent(SumNode left, SumNode right) {
    return parent(sha256(), left, right);
  }

  static SumNode parent(MessageDigest digest, SumNode left, SumNode right) {
    long sum = Math.addExact(left.sum, right.sum);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * (32 + 8));
    bytes.put(PARENT).put(left.hash).putLong(left.sum).put(right.hash).putLong(right.sum);
    return new SumNode(digest.digest(bytes.array()), sum);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash in hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SumNode node && node.sum == sum && Arrays.equals(node.hash, hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return hex() + ":" + sum;
  }
}
