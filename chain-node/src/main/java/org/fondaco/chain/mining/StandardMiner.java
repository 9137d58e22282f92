package org.fondaco.chain.mining;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.seal.ProofOfWork;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** One thread that builds, seals and inserts, and the switches that users turn. */
final class StandardMiner implements Miner {
  private static final System.Logger LOG = System.getLogger(StandardMiner.class.getName());
  private static final long PENDING_NANOS_MAX = Duration.ofSeconds(3).toNanos();

  private final Blockchain chain;
  private final TransactionPool pool;
  private final @Nullable ProofOfWork work;
  private final BlockBuilder builder;
  private final Sealing sealing;
  private final Signals signals = new Signals();
  private final Rounds rounds;
  private final Thread worker;
  private final Object pendingLock = new Object();

  private volatile @Nullable Address coinbase;
  private volatile byte[] extraData;
  private volatile long gasCeiling;
  private volatile boolean mining;
  private volatile boolean closed;
  private @Nullable Cached cached;

  /** The last pending block and what it was built from. */
  private record Cached(
      Hash head,
      long poolVersion,
      BlockBuilder.Template template,
      long builtNanos,
      Block block,
      List<Receipt> receipts,
      PendingState state) {}

  StandardMiner(
      Blockchain chain, TransactionPool pool, MinerSettings settings, InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    work = chain.engine() instanceof ProofOfWork engine ? engine : null;
    coinbase = settings.coinbase();
    extraData = settings.extraData();
    gasCeiling = settings.gasCeiling();
    builder = new BlockBuilder(chain, pool, clock);
    Uncles uncles = new Uncles(chain);
    sealing = new Sealing(chain, uncles);
    Supplier<BlockBuilder.Template> template = this::template;
    rounds =
        work == null
            ? new InstantRounds(
                chain, pool, builder, sealing, signals, template, settings.instant())
            : new WorkRounds(chain, work, builder, sealing, signals, template, settings, clock);
    worker = Thread.ofPlatform().name("miner").daemon().unstarted(this::run);
    chain.listen((removed, added) -> {
      removed.forEach(block -> uncles.lost(block.header()));
      signals.newWork();
    });
    pool.listen(transaction -> signals.newTransaction());
    worker.start();
  }

  private void run() {
    try {
      while (!closed) {
        signals.await(() -> closed || mining);
        if (!closed) {
          round();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      rounds.round();
    } catch (RuntimeException e) {
      // Whatever it is, the next block would meet it too: a full disk, or a fault of this program.
      mining = false;
      LOG.log(System.Logger.Level.ERROR, "mining stops", e);
    }
  }

  private BlockBuilder.Template template() {
    return new BlockBuilder.Template(
        Objects.requireNonNullElse(coinbase, Address.ZERO), extraData, gasCeiling);
  }

  @Override
  public void start(int threads) {
    if (closed) {
      throw new IllegalStateException("the miner is closed");
    }
    if (work != null) {
      if (coinbase == null) {
        throw new IllegalStateException("etherbase must be explicitly specified");
      }
      work.setThreads(threads);
    }
    mining = true;
    signals.newWork();
  }

  @Override
  public void stop() {
    mining = false;
    signals.newWork();
  }

  @Override
  public boolean isMining() {
    return mining;
  }

  @Override
  public @Nullable Address coinbase() {
    return coinbase;
  }

  @Override
  public void setCoinbase(Address address) {
    coinbase = address;
    signals.newWork();
  }

  @Override
  public void setExtraData(byte[] data) {
    MinerSettings.checkExtraData(data);
    extraData = data.clone();
    signals.newWork();
  }

  @Override
  public void setGasCeiling(long gas) {
    if (gas < 0) {
      throw new IllegalArgumentException("a gas ceiling of " + gas);
    }
    gasCeiling = gas;
    signals.newWork();
  }

  @Override
  public long hashRate() {
    return work == null ? 0 : work.hashRate();
  }

  @Override
  public int datasetPercent() {
    return work == null ? 100 : work.datasetPercent();
  }

  @Override
  public Pending pending() {
    synchronized (pendingLock) {
      BlockHeader parent = chain.head();
      long version = pool.version();
      BlockBuilder.Template template = template();
      Cached last = cached;
      if (last == null
          || !last.head().equals(parent.hash())
          || last.poolVersion() != version
          || !last.template().equals(template)
          || System.nanoTime() - last.builtNanos() > PENDING_NANOS_MAX) {
        BlockBuilder.Built built = builder.build(parent, template, sealing.uncles(parent));
        last =
            new Cached(
                parent.hash(),
                version,
                template,
                System.nanoTime(),
                built.block(),
                built.execution().receipts(),
                new PendingState(chain.state(parent.stateRoot()), built.execution().state()));
        cached = last;
      }
      return new Pending(last.block(), last.receipts(), last.state());
    }
  }

  @Override
  public Block sealNow() {
    if (rounds instanceof InstantRounds instant) {
      return instant.sealNow();
    }
    throw new IllegalStateException("blocks of this chain need work: start the miner");
  }

  @Override
  public boolean sleepBlocks(int blocks, Duration timeout) throws InterruptedException {
    long target = chain.head().number() + blocks;
    return signals.await(() -> chain.head().number() >= target, timeout.toNanos());
  }

  @Override
  public void close() {
    closed = true;
    mining = false;
    signals.newWork();
    boolean interrupted = false;
    while (worker.isAlive() && Thread.currentThread() != worker) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
