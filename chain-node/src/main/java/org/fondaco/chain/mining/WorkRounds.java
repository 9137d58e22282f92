package org.fondaco.chain.mining;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.seal.ProofOfWork;

/** Proof of work: always on a block, built anew for a new head and, now and then, for the pool. */
final class WorkRounds implements Rounds {
  /** How far a block may be ahead of the clock; others hold it against the miner. */
  private static final Duration AHEAD_MAX = Duration.ofSeconds(1);

  private final Blockchain chain;
  private final ProofOfWork work;
  private final BlockBuilder builder;
  private final Sealing sealing;
  private final Signals signals;
  private final Supplier<BlockBuilder.Template> template;
  private final long recommitNanos;
  private final InstantSource clock;

  WorkRounds(
      Blockchain chain,
      ProofOfWork work,
      BlockBuilder builder,
      Sealing sealing,
      Signals signals,
      Supplier<BlockBuilder.Template> template,
      MinerSettings settings,
      InstantSource clock) {
    this.chain = chain;
    this.work = work;
    this.builder = builder;
    this.sealing = sealing;
    this.signals = signals;
    this.template = template;
    recommitNanos = settings.recommit().toNanos();
    this.clock = clock;
  }

  @Override
  public void round() throws InterruptedException {
    long works = signals.works();
    long transactions = signals.transactions();
    BlockHeader parent = chain.head();
    Duration early =
        Duration.ofSeconds(builder.earliest(parent)).minusMillis(clock.millis()).minus(AHEAD_MAX);
    if (early.isPositive()) {
      signals.await(() -> signals.works() != works, early.toNanos());
      return;
    }
    BlockBuilder.Built built = builder.build(parent, template.get(), sealing.uncles(parent));
    long begun = System.nanoTime();
    BlockHeader sealed =
        work.seal(
            built.block().header(),
            () ->
                signals.works() != works
                    || signals.transactions() != transactions
                        && System.nanoTime() - begun > recommitNanos);
    if (sealed != null) {
      sealing.keep(built, sealed);
    }
  }
}
