package org.fondaco.chain.mining;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Builds blocks from the pool and seals them. Safe for any thread. */
public interface Miner extends AutoCloseable {
  /**
   * A miner at rest. The pool must have been opened before, so that it hears of a new head first.
   *
   * @param settings {@link MinerSettings#standard} is geth's
   */
  static Miner open(Blockchain chain, TransactionPool pool, MinerSettings settings) {
    return new StandardMiner(chain, pool, settings, InstantSource.system());
  }

  /**
   * Begins to mine, or changes the number of threads.
   *
   * @param threads from 1; 0 for all processors
   * @throws IllegalStateException if blocks pay a reward and nobody is chosen to be paid
   */
  void start(int threads);

  void stop();

  boolean isMining();

  /** Who is paid; null until chosen. */
  @Nullable Address coinbase();

  void setCoinbase(Address coinbase);

  /**
   * In every header from now on.
   *
   * @throws IllegalArgumentException if longer than 32 bytes
   */
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
   * A block as it would be mined. Never changes, so safe for any thread.
   *
   * @param source the state after its transactions
   */
  record Pending(Block block, List<Receipt> receipts, StateSource source) {
    /** The state after its transactions; the caller's own, another each time. */
    public WorldState state() {
      return new WorldState(source);
    }
  }

  /**
   * Seals one block now, also an empty one; also while mining is off.
   *
   * @throws IllegalStateException where sealing needs work
   */
  Block sealNow();

  /** Waits until this many blocks more are on the chain; false when the time is over. */
  boolean sleepBlocks(int blocks, Duration timeout) throws InterruptedException;

  @Override
  void close();
}
