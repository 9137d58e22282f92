package org.fondaco.chain.mining;

import java.time.Duration;
import java.util.function.Supplier;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.jspecify.annotations.Nullable;

/** Sealing that needs no work: when there is a reason, or on demand. */
final class InstantRounds implements Rounds {
  private static final long CONFIRMATION_NANOS = Duration.ofSeconds(1).toNanos();

  private final Blockchain chain;
  private final TransactionPool pool;
  private final BlockBuilder builder;
  private final Sealing sealing;
  private final Signals signals;
  private final Supplier<BlockBuilder.Template> template;
  private final MinerSettings.Instant when;
  private final Object oneAtATime = new Object();

  /** The height that makes the last transaction as deep as asked. */
  private volatile long deepAt;

  private volatile long lastNanos = System.nanoTime();

  InstantRounds(
      Blockchain chain,
      TransactionPool pool,
      BlockBuilder builder,
      Sealing sealing,
      Signals signals,
      Supplier<BlockBuilder.Template> template,
      MinerSettings.Instant when) {
    this.chain = chain;
    this.pool = pool;
    this.builder = builder;
    this.sealing = sealing;
    this.signals = signals;
    this.template = template;
    this.when = when;
    deepAt = deepAt(chain, when);
  }

  /** A node that was stopped halfway goes on to bury what it has. */
  private static long deepAt(Blockchain chain, MinerSettings.Instant when) {
    if (when instanceof MinerSettings.Instant.OnTransaction(int depth)) {
      long head = chain.head().number();
      for (long number = head; number > Math.max(0, head - depth); number--) {
        Block block = chain.block(number);
        if (block != null && !block.transactions().isEmpty()) {
          return number + depth;
        }
      }
    }
    return 0;
  }

  @Override
  public void round() throws InterruptedException {
    long works = signals.works();
    long transactions = signals.transactions();
    switch (when) {
      case MinerSettings.Instant.OnDemand _ -> signals.await(() -> signals.works() != works);
      case MinerSettings.Instant.Every(Duration interval) -> {
        if (!signals.await(() -> signals.works() != works, left(interval.toNanos()))) {
          seal(true);
        }
      }
      case MinerSettings.Instant.OnTransaction _ -> {
        if (seal(false) == null) {
          waitForReason(works, transactions);
        }
      }
    }
  }

  /** Until there are transactions or the last ones want a confirmation, which is then made. */
  private void waitForReason(long works, long transactions) throws InterruptedException {
    java.util.function.BooleanSupplier met =
        () -> signals.works() != works || signals.transactions() != transactions;
    if (chain.head().number() >= deepAt) {
      signals.await(met);
    } else if (!signals.await(met, left(CONFIRMATION_NANOS))) {
      seal(true);
    }
  }

  private long left(long nanos) {
    return nanos - (System.nanoTime() - lastNanos);
  }

  /** Seals a block whatever is in it, and has it on the chain. */
  Block sealNow() {
    while (true) {
      Block block = seal(true);
      if (block != null) {
        return block;
      }
    }
  }

  /**
   * Seals one block; null if there was nothing for it, or another head came first.
   *
   * @param alsoEmpty whether a block without transactions is wanted
   */
  private @Nullable Block seal(boolean alsoEmpty) {
    synchronized (oneAtATime) {
      if (!alsoEmpty && pool.status().pending() == 0) {
        return null;
      }
      BlockHeader parent = chain.head();
      BlockBuilder.Built built = builder.build(parent, template.get(), sealing.uncles(parent));
      boolean empty = built.block().transactions().isEmpty();
      if (empty && !alsoEmpty) {
        return null; // what is pending does not pay the base fee
      }
      if (!empty && when instanceof MinerSettings.Instant.OnTransaction(int depth)) {
        deepAt = built.block().number() + depth;
      }
      BlockHeader header = built.block().header();
      BlockHeader sealed;
      try {
        sealed = chain.engine().seal(header, () -> false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      lastNanos = System.nanoTime();
      return sealed == null ? null : sealing.keep(built, sealed);
    }
  }
}
