package org.fondaco.chain.ethash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of this node: the current epoch's and, near its end, the next. Each is made once, on
 * threads of its own, so that a new head or a pause of the miner does not begin it anew. Safe for
 * any thread.
 */
final class Datasets implements AutoCloseable {
  /** Hears how far the making of a dataset is. */
  interface Progress {
    void percent(int epoch, int percent);
  }

  private static final int PERCENT_DONE = 100;

  private final @Nullable Path folder;
  private final Progress progress;
  private final Map<Integer, CompletableFuture<Dataset>> byEpoch = new HashMap<>();
  private volatile int percent = PERCENT_DONE;
  private volatile boolean closed;
  private volatile int cleanedFor = -1;

  /**
   * Makes nothing yet.
   *
   * @param folder for the files; null to keep datasets in memory
   */
  Datasets(@Nullable Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Progress of the one that is being made; 100 when none is. */
  int percent() {
    return percent;
  }

  /** The dataset of an epoch; begins to make it if nobody has. Fails where the disk does. */
  synchronized CompletableFuture<Dataset> of(EthashEpoch epoch, EthashCache cache) {
    CompletableFuture<Dataset> known = byEpoch.get(epoch.number());
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<Dataset> made = new CompletableFuture<>();
    byEpoch.keySet().removeIf(number -> number < epoch.number());
    byEpoch.put(epoch.number(), made);
    Thread.ofPlatform()
        .name("dag-" + epoch.number())
        .daemon()
        .start(() -> openOrMake(epoch, cache, made));
    return made;
  }

  private void openOrMake(EthashEpoch epoch, EthashCache cache, CompletableFuture<Dataset> made) {
    try {
      Dataset dataset = folder == null ? null : new DatasetFile(folder, epoch).open(cache);
      if (dataset == null) {
        dataset = make(epoch, cache);
      }
      if (dataset == null) {
        made.cancel(false);
      } else {
        made.complete(dataset);
      }
    } catch (IOException | RuntimeException | Error e) {
      made.completeExceptionally(e);
    } finally {
      percent = PERCENT_DONE;
    }
  }

  private @Nullable Dataset make(EthashEpoch epoch, EthashCache cache) throws IOException {
    percent = 0;
    DatasetGenerator generator =
        new DatasetGenerator(
            Runtime.getRuntime().availableProcessors(),
            () -> closed,
            now -> {
              percent = now;
              progress.percent(epoch.number(), now);
            });
    Path where = folder;
    if (where == null) {
      return inMemory(epoch, cache, generator);
    }
    DatasetFile file = new DatasetFile(where, epoch);
    return file.make(cache, generator);
  }

  private static @Nullable Dataset inMemory(
      EthashEpoch epoch, EthashCache cache, DatasetGenerator generator) throws IOException {
    MemorySegment all = Arena.ofAuto().allocate(epoch.datasetBytes(), EthashEpoch.HASH_BYTES);
    boolean whole =
        generator.generate(
            cache,
            (ByteBuffer bytes, long at) ->
                MemorySegment.copy(MemorySegment.ofBuffer(bytes), 0, all, at, bytes.remaining()));
    return whole ? new Dataset(all, 0) : null;
  }

  /** Deletes the files of the epochs before this one. */
  void deleteOlder(EthashEpoch epoch) {
    Path where = folder;
    if (where != null && cleanedFor != epoch.number()) {
      cleanedFor = epoch.number(); // once an epoch
      try {
        new DatasetFile(where, epoch).deleteOlder();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Forgets a dataset that gave a wrong hash, and its file. */
  synchronized void discard(EthashEpoch epoch) {
    byEpoch.remove(epoch.number());
    Path where = folder;
    if (where != null) {
      try {
        Files.deleteIfExists(new DatasetFile(where, epoch).path());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What is being made is given up. */
  @Override
  public void close() {
    closed = true;
  }
}
