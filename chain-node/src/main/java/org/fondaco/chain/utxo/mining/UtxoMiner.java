package org.fondaco.chain.utxo.mining;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.NonceSearch;
import org.jspecify.annotations.Nullable;

/** Works on blocks on any number of threads. Safe for any thread; one block at a time. */
public final class UtxoMiner implements AutoCloseable {
  private final UtxoChain chain;
  private final Mempool pool;
  private final InstantSource clock;
  private final int threads;
  private final ExecutorService workers;
  private final LongAdder hashes = new LongAdder();
  private final AtomicLong extraNonces = new AtomicLong();

  /**
   * A miner that rests until it is asked.
   *
   * @param threads from 1
   */
  public UtxoMiner(UtxoChain chain, Mempool pool, InstantSource clock, int threads) {
    this.chain = chain;
    this.pool = pool;
    this.clock = clock;
    this.threads = threads;
    workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("utxo-miner-", 0).factory());
  }

  /** Hashes tried since the start. */
  public long hashes() {
    return hashes.sum();
  }

  /**
   * Mines a block that pays a script onto the chain; null if it was given up.
   *
   * @param cancelled asked often
   */
  public synchronized @Nullable Block mine(byte[] script, BooleanSupplier cancelled)
      throws InterruptedException {
    while (!cancelled.getAsBoolean()) {
      BlockTemplate template = BlockTemplate.create(chain, pool, clock);
      Block block = template.block(script, extraNonces.incrementAndGet());
      BooleanSupplier stale = () -> cancelled.getAsBoolean() || chain.tip() != template.parent();
      OptionalLong nonce = search(block.header(), stale);
      if (nonce.isPresent()) {
        Block mined = new Block(block.header().withNonce(nonce.getAsLong()), block.transactions());
        switch (chain.accept(mined)) {
          case UtxoChain.Acceptance.Connected _, UtxoChain.Acceptance.Beside _ -> {
            return mined;
          }
          case UtxoChain.Acceptance.Invalid invalid ->
              throw new IllegalStateException("mined a block that is " + invalid.reason());
          case UtxoChain.Acceptance.Duplicate _, UtxoChain.Acceptance.Orphan _ ->
              throw new IllegalStateException("mined a block that does not fit");
        }
      }
    }
    return null;
  }

  /** A nonce for the header, from all threads; empty if there is none or nobody wants it. */
  public OptionalLong search(BlockHeader header, BooleanSupplier cancelled)
      throws InterruptedException {
    BigInteger target = CompactTarget.decode((int) header.bits());
    AtomicReference<OptionalLong> found = new AtomicReference<>(OptionalLong.empty());
    BooleanSupplier over = () -> found.get().isPresent() || cancelled.getAsBoolean();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i;
      running.add(
          workers.submit(() -> {
            OptionalLong nonce =
                new NonceSearch(chain.consensus().work(), hashes)
                    .find(header.encode(), target, first, threads, over);
            if (nonce.isPresent()) {
              found.compareAndSet(OptionalLong.empty(), nonce);
            }
          }));
    }
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a mining thread failed", e.getCause());
      }
    }
    return found.get();
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
