package org.fondaco.chain.utxo.chain;

import java.math.BigInteger;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.HeaderBranch;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A header in the tree of all headers. What is fixed may be read by any thread; the status changes
 * under the lock of the chain only.
 */
public final class BlockEntry implements HeaderBranch {
  private final Hash hash;
  private final BlockHeader header;
  private final int height;
  private final BigInteger chainWork;
  private final @Nullable BlockEntry parent;

  /** A far ancestor, so that any is reached in a logarithmic number of steps. */
  private final @Nullable BlockEntry skip;

  /** When the block's bytes came, counted up; 0 while there is a header only. */
  private volatile long arrival;

  private volatile int transactionCount;
  private volatile boolean failed;

  BlockEntry(Hash hash, BlockHeader header, @Nullable BlockEntry parent) {
    this.hash = hash;
    this.header = header;
    this.parent = parent;
    height = parent == null ? 0 : parent.height + 1;
    BigInteger work = CompactTarget.work((int) header.bits());
    chainWork = parent == null ? work : parent.chainWork.add(work);
    skip = parent == null ? null : parent.ancestor(skipHeight(height));
  }

  /** Bitcoin Core's choice: clears the lowest bit that is set, of odd heights twice. */
  private static int skipHeight(int height) {
    if (height < 2) {
      return 0;
    }
    return (height & 1) == 1 ? clearLowest(clearLowest(height - 1)) + 1 : clearLowest(height);
  }

  private static int clearLowest(int number) {
    return number & number - 1;
  }

  public Hash hash() {
    return hash;
  }

  public BlockHeader header() {
    return header;
  }

  public int height() {
    return height;
  }

  /** The sum of work from the genesis up to and with this block. */
  public BigInteger chainWork() {
    return chainWork;
  }

  /** Null for the genesis only. */
  public @Nullable BlockEntry parent() {
    return parent;
  }

  /** Whether the block's bytes are here. */
  public boolean hasBlock() {
    return arrival > 0;
  }

  /** Transactions of the block; 0 while there is a header only. */
  public int transactionCount() {
    return transactionCount;
  }

  /** Whether the block or one before it breaks a rule, or was called invalid. */
  public boolean isFailed() {
    return failed;
  }

  long arrival() {
    return arrival;
  }

  void arrived(long order, int transactions) {
    arrival = order;
    transactionCount = transactions;
  }

  void setFailed(boolean value) {
    failed = value;
  }

  /**
   * The ancestor at a height, or this.
   *
   * @param wanted from 0 to {@link #height}
   */
  public BlockEntry ancestor(int wanted) {
    if (wanted < 0 || wanted > height) {
      throw new IllegalArgumentException("no ancestor of " + height + " at " + wanted);
    }
    BlockEntry at = this;
    while (at.height > wanted) {
      BlockEntry far = at.skip;
      BlockEntry near = at.parent;
      if (far != null && far.height >= wanted) {
        at = far;
      } else if (near != null) {
        at = near;
      }
    }
    return at;
  }

  /** Where the lines to two blocks part: the highest block of both. */
  static BlockEntry fork(BlockEntry first, BlockEntry second) {
    int height = Math.min(first.height, second.height);
    BlockEntry a = first.ancestor(height);
    BlockEntry b = second.ancestor(height);
    while (a != b) {
      a = parentOf(a);
      b = parentOf(b);
    }
    return a;
  }

  static BlockEntry parentOf(BlockEntry entry) {
    BlockEntry parent = entry.parent;
    if (parent == null) {
      throw new IllegalStateException("the genesis has no parent");
    }
    return parent;
  }

  /** The median of the last eleven times up to and with this block, in seconds. */
  public long medianTimePast() {
    return medianTimePast(height);
  }

  @Override
  public int tip() {
    return height;
  }

  @Override
  public long timeSeconds(int at) {
    return ancestor(at).header.time();
  }

  @Override
  public int bits(int at) {
    return (int) ancestor(at).header.bits();
  }

  @Override
  public BigInteger chainWork(int at) {
    return ancestor(at).chainWork;
  }

  @Override
  public String toString() {
    return height + " " + header;
  }
}
