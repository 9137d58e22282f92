package org.fondaco.chain.ethash;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.ProofOfWork;
import org.fondaco.chain.seal.ProofOfWorkDifficulty;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Proof of work by Ethash: checks with caches, mines with whole datasets. Safe for any thread; one
 * {@link #seal} at a time is what it is made for.
 */
public final class EthashEngine implements ProofOfWork {
  private static final System.Logger LOG = System.getLogger(EthashEngine.class.getName());

  /** The next epoch's dataset is begun this many blocks before it is needed. */
  private static final int AHEAD_BLOCKS = 1_000;

  /** How long a wait goes on before it asks whether it is still wanted. */
  private static final long PATIENCE_MILLIS = 50;

  private static final int ATTEMPTS_A_REPORT = 64;

  private static final int BAR_CELLS = 40;

  private final ChainConfig config;
  private final EthashEpoch.Size size;
  private final EthashVerifier verifier;
  private final Datasets datasets;
  private final HashRate rate = new HashRate(System::nanoTime);
  private volatile int threads = 1;

  private EthashEngine(ChainConfig config, EthashEpoch.Size size, @Nullable Path folder) {
    this.config = config;
    this.size = size;
    verifier = new EthashVerifier(size);
    datasets = new Datasets(folder, EthashEngine::log);
  }

  /**
   * An engine that makes nothing before it is asked to.
   *
   * @param folder for the datasets' files, a gibibyte and more each where the size is full; geth's
   *     own are used as they are. Null keeps them in memory
   */
  public static EthashEngine open(
      ChainConfig config, EthashEpoch.Size size, @Nullable Path folder) {
    return new EthashEngine(config, size, folder);
  }

  /** In geth's words, which users wait for, and as a bar. */
  private static void log(int epoch, int percent) {
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "Generating DAG in progress epoch=%d percentage=%-3d %s"
                .formatted(epoch, percent, bar(percent)));
  }

  private static String bar(int percent) {
    int full = percent * BAR_CELLS / 100;
    return "[" + "#".repeat(full) + "·".repeat(BAR_CELLS - full) + "]";
  }

  @Override
  public String name() {
    return "ethash";
  }

  @Override
  public U256 difficulty(BlockHeader parent, boolean parentUncles, long timestamp) {
    return ProofOfWorkDifficulty.next(config, parent, parentUncles, timestamp);
  }

  @Override
  public boolean equalTimestamps() {
    return false;
  }

  @Override
  public boolean paysRewards() {
    return true;
  }

  @Override
  public @Nullable String check(BlockHeader header) {
    if (header.difficulty().isZero()) {
      return "non-positive difficulty";
    }
    if (!EthashEpoch.exists(header.number())) {
      return "no Ethash epoch for block " + header.number();
    }
    return switch (verifier.verify(header)) {
      case VALID -> null;
      case WRONG_MIX_HASH -> "invalid mix digest";
      case BELOW_DIFFICULTY -> "invalid proof-of-work";
    };
  }

  @Override
  public void setThreads(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException("not below zero: " + threads);
    }
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  @Override
  public long hashRate() {
    return rate.perSecond();
  }

  @Override
  public int datasetPercent() {
    return datasets.percent();
  }

  @Override
  public void close() {
    datasets.close();
  }

  /**
   * Has the dataset of a block ready, and makes it where there is none; false if cancelled.
   *
   * @throws IllegalStateException if it can be neither read nor made
   */
  public boolean prepare(long number, BooleanSupplier cancelled) throws InterruptedException {
    EthashEpoch epoch = EthashEpoch.of(number, size);
    return await(datasets.of(epoch, verifier.cache(epoch)), cancelled) != null;
  }

  /**
   * Makes the dataset first where there is none, which outlives a cancelled seal.
   *
   * @throws IllegalStateException if the dataset can be neither read nor made
   */
  @Override
  public @Nullable BlockHeader seal(BlockHeader header, BooleanSupplier cancelled)
      throws InterruptedException {
    EthashEpoch epoch = EthashEpoch.of(header.number(), size);
    EthashCache cache = verifier.cache(epoch);
    while (!cancelled.getAsBoolean()) {
      Dataset dataset = await(datasets.of(epoch, cache), cancelled);
      if (dataset == null) {
        return null;
      }
      prepareNext(header.number());
      Long nonce = search(dataset, header, cancelled);
      if (nonce == null) {
        return null;
      }
      Hashimoto.Result result = Hashimoto.light(cache, header.sealHash(), nonce);
      if (EthashVerifier.meets(result.value().toWord(), header.difficulty())) {
        return sealed(header, result.mixHash(), nonce);
      }
      LOG.log(System.Logger.Level.ERROR, "the dataset of epoch {0} is damaged", epoch.number());
      datasets.discard(epoch);
    }
    return null;
  }

  private @Nullable Dataset await(CompletableFuture<Dataset> future, BooleanSupplier cancelled)
      throws InterruptedException {
    while (!cancelled.getAsBoolean()) {
      try {
        return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        continue;
      } catch (CancellationException e) {
        return null; // closed
      } catch (ExecutionException e) {
        throw new IllegalStateException("no dataset: " + e.getCause(), e);
      }
    }
    return null;
  }

  private void prepareNext(long number) {
    long intoEpoch = number % EthashEpoch.BLOCKS;
    datasets.deleteOlder(EthashEpoch.of(number, size));
    if (intoEpoch >= EthashEpoch.BLOCKS - AHEAD_BLOCKS
        && EthashEpoch.exists(number + EthashEpoch.BLOCKS)) {
      EthashEpoch next = EthashEpoch.of(number + EthashEpoch.BLOCKS, size);
      datasets.of(next, verifier.cache(next));
    }
  }

  /** Looks on all threads for a nonce that meets the difficulty; null if cancelled. */
  private @Nullable Long search(Dataset dataset, BlockHeader header, BooleanSupplier cancelled)
      throws InterruptedException {
    AtomicReference<@Nullable Long> found = new AtomicReference<>();
    AtomicBoolean over = new AtomicBoolean();
    Hash sealHash = header.sealHash();
    Runnable work =
        () -> {
          NonceSearch search = new NonceSearch(dataset, sealHash, header.difficulty());
          long nonce = ThreadLocalRandom.current().nextLong();
          int attempts = 0;
          while (!over.get() && !cancelled.getAsBoolean()) {
            int hit = search.attempt(nonce);
            attempts++;
            if (hit >= 0) {
              found.compareAndSet(null, nonce + hit);
              over.set(true);
            }
            nonce += NonceSearch.SIDE_BY_SIDE;
            if (attempts == ATTEMPTS_A_REPORT) {
              rate.add((long) attempts * NonceSearch.SIDE_BY_SIDE);
              attempts = 0;
            }
          }
          rate.add((long) attempts * NonceSearch.SIDE_BY_SIDE);
        };
    int count = threads;
    Thread[] workers = new Thread[count];
    for (int i = 0; i < count; i++) {
      workers[i] = Thread.ofPlatform().name("ethash-", i).daemon().start(work);
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      over.set(true);
    }
    return found.get();
  }

  private static BlockHeader sealed(BlockHeader header, Hash mixHash, long nonce) {
    return new BlockHeader(
        header.parentHash(),
        header.unclesHash(),
        header.coinbase(),
        header.stateRoot(),
        header.transactionsRoot(),
        header.receiptsRoot(),
        header.bloom(),
        header.difficulty(),
        header.number(),
        header.gasLimit(),
        header.gasUsed(),
        header.timestamp(),
        header.extraData(),
        mixHash,
        nonce,
        header.baseFee(),
        header.withdrawalsRoot(),
        header.blobGasUsed(),
        header.excessBlobGas(),
        header.parentBeaconRoot());
  }
}
