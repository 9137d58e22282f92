package org.fondaco.chain.ethash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Computes all items of a dataset on several threads. */
final class DatasetGenerator {
  /** Items that one thread computes side by side. */
  private static final int SIDE_BY_SIDE = 32;

  /** Items that are written at once: a mebibyte. */
  private static final int CHUNK_ITEMS = 1 << 14;

  private static final int PERCENT = 100;

  private final int threads;
  private final BooleanSupplier cancelled;
  private final IntConsumer percent;

  /** Takes bytes for a place; called by several threads. */
  interface Sink {
    void write(ByteBuffer bytes, long at) throws IOException;
  }

  /**
   * Prepares.
   *
   * @param percent hears of each whole percent once, in order, up to 100
   */
  DatasetGenerator(int threads, BooleanSupplier cancelled, IntConsumer percent) {
    this.threads = threads;
    this.cancelled = cancelled;
    this.percent = percent;
  }

  /** One run over all chunks. */
  private final class Run {
    private final EthashCache cache;
    private final Sink sink;
    private final int items;
    private final int chunks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int done;
    private int percentSaid;

    Run(EthashCache cache, Sink sink) {
      this.cache = cache;
      this.sink = sink;
      items = Math.toIntExact(cache.epoch().datasetBytes() / EthashEpoch.HASH_BYTES);
      chunks = (items + CHUNK_ITEMS - 1) / CHUNK_ITEMS;
    }

    void work() {
      try {
        EthashCache.Scratch scratch = new EthashCache.Scratch(SIDE_BY_SIDE);
        int[] mix = new int[SIDE_BY_SIDE * EthashEpoch.HASH_BYTES / Integer.BYTES];
        ByteBuffer buffer =
            ByteBuffer.allocateDirect(Math.min(items, CHUNK_ITEMS) * EthashEpoch.HASH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
          if (failure.get() != null || cancelled.getAsBoolean()) {
            return;
          }
          write(chunk, scratch, mix, buffer);
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      }
    }

    private void write(int chunk, EthashCache.Scratch scratch, int[] mix, ByteBuffer buffer)
        throws IOException {
      int from = chunk * CHUNK_ITEMS;
      int to = Math.min(items, from + CHUNK_ITEMS);
      buffer.clear();
      for (int item = from; item < to; item += SIDE_BY_SIDE) {
        int count = Math.min(SIDE_BY_SIDE, to - item);
        cache.items(item, count, scratch, mix);
        buffer.asIntBuffer().put(mix, 0, count * EthashEpoch.HASH_BYTES / Integer.BYTES);
        buffer.position(buffer.position() + count * EthashEpoch.HASH_BYTES);
      }
      sink.write(buffer.flip(), (long) from * EthashEpoch.HASH_BYTES);
      oneMore();
    }

    private synchronized void oneMore() {
      done++;
      int now = (int) ((long) PERCENT * done / chunks);
      while (percentSaid < now) {
        percent.accept(++percentSaid);
      }
    }
  }

  /**
   * Computes everything; false if cancelled.
   *
   * @throws IOException if the sink failed
   */
  boolean generate(EthashCache cache, Sink sink) throws IOException {
    Run run = new Run(cache, sink);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().name("dag-", i).daemon().start(run::work));
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          run.failure.compareAndSet(null, e); // the workers see it and end
          interrupted = true;
        }
      }
    }
    Throwable failure = run.failure.get();
    if (interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new UncheckedIOException(new IOException(failure));
    }
    return run.done == run.chunks;
  }
}
