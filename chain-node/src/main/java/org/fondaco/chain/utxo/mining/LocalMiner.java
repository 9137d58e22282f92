package org.fondaco.chain.utxo.mining;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.jspecify.annotations.Nullable;

/**
 * Mines for a network that has no other miner: some blocks first, so that there are coins to spend;
 * then one for every reason, and one a second on top of it until it is deep; then none. What is to
 * be done is read off the chain and the pool alone, so that a node that was stopped halfway goes
 * on. The subsidy of such networks halves every 150 blocks: mining without a reason exhausts it.
 */
public final class LocalMiner implements AutoCloseable {
  /** A coinbase may be spent 100 blocks later: ten of them may at once. */
  public static final int FIRST_BLOCKS = 110;

  private static final System.Logger LOG = System.getLogger(LocalMiner.class.getName());
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long WITHOUT_END = Long.MAX_VALUE;

  private final UtxoChain chain;
  private final Mempool pool;
  private final UtxoMiner miner;
  private final Supplier<byte[]> script;
  private final Settings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long signals;
  private long changedNanos;

  private volatile boolean closed;
  private volatile boolean failing;
  private volatile @Nullable Thread thread;

  /**
   * How much is mined.
   *
   * @param firstBlocks the height that is reached at once
   * @param depth blocks on top of one with transactions, one a second
   */
  public record Settings(int firstBlocks, int depth) {}

  /**
   * A miner that does nothing before {@link #start} or {@link #step}.
   *
   * @param script paid by every block; asked for each
   * @param nanoTime as {@link System#nanoTime}
   */
  LocalMiner(
      UtxoChain chain,
      Mempool pool,
      UtxoMiner miner,
      Supplier<byte[]> script,
      Settings settings,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.chain = chain;
    this.pool = pool;
    this.miner = miner;
    this.script = script;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    changedNanos = nanoTime.getAsLong();
    chain.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            raise(true);
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            raise(true);
          }
        });
    pool.listen(
        new Mempool.Listener() {
          @Override
          public void added(MempoolEntry entry, long sequence) {
            raise(false);
          }

          @Override
          public void removed(MempoolEntry entry, long sequence) {
            // Less to mine is no reason to mine.
          }
        });
  }

  /**
   * Mines from now on, on a thread of its own.
   *
   * @param script paid by every block; asked for each
   */
  public static LocalMiner start(
      UtxoChain chain,
      Mempool pool,
      UtxoMiner miner,
      Supplier<byte[]> script,
      Settings settings,
      InstantSource clock) {
    LocalMiner local =
        new LocalMiner(chain, pool, miner, script, settings, clock, System::nanoTime);
    local.thread =
        Thread.ofPlatform()
            .daemon()
            .name("utxo-local-miner-" + chain.consensus().coin())
            .start(local::run);
    return local;
  }

  /** Whether the last block that was wanted could be mined. */
  public boolean isWell() {
    return !failing;
  }

  /** Whether there is nothing to mine. */
  public boolean rests() {
    return waitNanos(nanoTime.getAsLong()) == WITHOUT_END;
  }

  private void run() {
    while (!closed) {
      long seen = signals();
      long nanos = attempt();
      if (nanos > 0) {
        await(seen, nanos);
      }
    }
  }

  /** One step; how long to wait after it. A disk that is full today may have room later. */
  long attempt() {
    try {
      long nanos = step();
      failing = false;
      return nanos;
    } catch (InterruptedException e) {
      closed = true;
      return 0;
    } catch (RuntimeException e) {
      if (!closed && !failing) {
        failing = true;
        LOG.log(
            System.Logger.Level.ERROR,
            "mining of the local " + chain.consensus().coin() + " chain failed, tried again later",
            e);
      }
      return AFTER_FAILURE_NANOS;
    }
  }

  /**
   * Mines a block if it is time for one.
   *
   * @return nanoseconds until the next is due, if nothing happens before; 0 when one was mined
   */
  long step() throws InterruptedException {
    long nanos = waitNanos(nanoTime.getAsLong());
    if (nanos == 0) {
      var _ = miner.mine(script.get(), () -> closed);
    }
    return nanos;
  }

  /** How long to wait for the next block; {@link #WITHOUT_END} if there is no reason for one. */
  private long waitNanos(long now) {
    BlockEntry tip = chain.tip();
    if (tip.height() < settings.firstBlocks
        || !BlockTemplate.create(chain, pool, clock).entries().isEmpty()) {
      return 0;
    }
    if (tip.height() >= deepAt(tip)) {
      return WITHOUT_END;
    }
    lock.lock();
    try {
      return Math.max(0, INTERVAL_NANOS - (now - changedNanos));
    } finally {
      lock.unlock();
    }
  }

  /** The height at which the last block with transactions is as deep as asked; 0 if it is. */
  private int deepAt(BlockEntry tip) {
    BlockEntry at = tip;
    for (int depth = 0; depth < settings.depth && at != null; depth++) {
      if (at.transactionCount() > 1) {
        return at.height() + settings.depth;
      }
      at = at.parent();
    }
    return 0;
  }

  // --- signals ---

  private void raise(boolean tipChanged) {
    lock.lock();
    try {
      signals++;
      if (tipChanged) {
        changedNanos = nanoTime.getAsLong();
      }
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long signals() {
    lock.lock();
    try {
      return signals;
    } finally {
      lock.unlock();
    }
  }

  private void await(long seen, long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (signals == seen && !closed && left > 0) {
        left = raised.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the block that is worked on, if any. */
  @Override
  public void close() {
    closed = true;
    raise(false);
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      running.join(TimeUnit.MINUTES.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
