package org.fondaco.chain.mining;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Builds blocks from the pool and seals them. Safe for any thread. */
public interface Miner extends AutoCloseable {
  /**
   * Begins to mine, or changes the number of threads.
   *
   * @param threads from 1; 0 for all processors
   */
  void start(int threads);

  void stop();

  boolean isMining();

  /** Who is paid; null until chosen. */
  @Nullable Address coinbase();

  void setCoinbase(Address coinbase);

  /** At most 32 bytes, in every header from now on. */
  void setExtraData(byte[] extraData);

  /** What the gas limit of new blocks moves towards. */
  void setGasCeiling(long gas);

  /** Hashes a second over the last seconds; 0 where sealing takes none. */
  long hashRate();

  /** Progress of the dataset in percent, 0 to 100; 100 where there is none to make. */
  int datasetPercent();

  /** The block that would be mined now, unsealed, with what executing it gave. */
  Pending pending();

  /**
   * A block as it would be mined.
   *
   * @param state after its transactions; the caller's own copy
   */
  record Pending(Block block, List<Receipt> receipts, WorldState state) {}

  /** Seals one block now, also an empty one; only where sealing is instant. */
  Block sealNow();

  /** Waits until this many blocks more are on the chain; false when the time is over. */
  boolean sleepBlocks(int blocks, java.time.Duration timeout) throws InterruptedException;

  @Override
  void close();
}
