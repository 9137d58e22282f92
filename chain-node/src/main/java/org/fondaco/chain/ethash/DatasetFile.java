package org.fondaco.chain.ethash;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A dataset on disk, in geth's form so that its files can be used and ours by it: {@code full-R23-}
 * and 16 digits of the seed, eight bytes of magic, then the items, all little-endian.
 */
final class DatasetFile {
  static final int HEADER_BYTES = 8;

  private static final System.Logger LOG = System.getLogger(DatasetFile.class.getName());
  private static final int REVISION = 23;
  private static final int SEED_DIGITS = 16;
  private static final int MAGIC_0 = 0xbaddcafe;
  private static final int MAGIC_1 = 0xfee1dead;

  /** Items that a reused file is sampled at: a tenth of a second. */
  private static final int SAMPLES = 16_384;

  private static final String PART = ".part";

  private final Path folder;
  private final EthashEpoch epoch;

  DatasetFile(Path folder, EthashEpoch epoch) {
    this.folder = folder;
    this.epoch = epoch;
  }

  /** A tiny dataset has a name of its own, so that it never takes the place of a real one. */
  Path path() {
    String kind = epoch.isTiny() ? "tiny" : "full";
    return folder.resolve(
        kind + "-R" + REVISION + "-" + epoch.seedHash().substring(0, SEED_DIGITS));
  }

  /**
   * The dataset if it is there and sound; null if it must be made. A file that is not sound is
   * deleted.
   */
  @Nullable Dataset open(EthashCache cache) throws IOException {
    Path path = path();
    if (!Files.exists(path)) {
      return null;
    }
    String wrong = "a length of " + Files.size(path) + " bytes";
    if (Files.size(path) == HEADER_BYTES + epoch.datasetBytes()) {
      Dataset dataset = map(path);
      wrong = dataset == null ? "another magic" : firstWrongSample(dataset, cache);
      if (wrong == null) {
        return dataset;
      }
    }
    LOG.log(System.Logger.Level.WARNING, "{0} has {1}; it is made again", path, wrong);
    Files.deleteIfExists(path);
    return null;
  }

  private static @Nullable Dataset map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      // Unmapped when no search reads it any more; closing it by hand would need a lock a hash.
      MemorySegment all =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
      boolean magic = all.get(word, 0) == MAGIC_0 && all.get(word, Integer.BYTES) == MAGIC_1;
      return magic ? new Dataset(all, HEADER_BYTES) : null;
    }
  }

  /** Compares pages all over the file, the first and the last among them. */
  private @Nullable String firstWrongSample(Dataset dataset, EthashCache cache) {
    Random random = new Random();
    int pages = dataset.pages();
    EthashCache.Scratch scratch = new EthashCache.Scratch(2);
    int[] expected = new int[Hashimoto.MIX_WORDS];
    int[] actual = new int[Hashimoto.MIX_WORDS];
    int samples = Math.min(SAMPLES, pages);
    for (int i = 0; i < samples; i++) {
      long from = (long) pages * i / samples;
      long to = (long) pages * (i + 1) / samples;
      int page = i == samples - 1 ? pages - 1 : (int) (from + random.nextLong(to - from));
      page = i == 0 ? 0 : page;
      cache.items(2 * page, 2, scratch, expected);
      dataset.page(page, actual, 0);
      if (!java.util.Arrays.equals(expected, actual)) {
        return "wrong words at page " + page;
      }
    }
    return null;
  }

  /**
   * Makes the dataset in a file of another name, which gets its own when all is on disk.
   *
   * @return null if cancelled
   */
  @Nullable Dataset make(EthashCache cache, DatasetGenerator generator) throws IOException {
    Files.createDirectories(folder);
    deleteAbandonedParts();
    Path part = folder.resolve(path().getFileName() + "." + ProcessHandle.current().pid() + PART);
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(MAGIC_0).putInt(MAGIC_1).flip();
      writeFully(channel, header, 0);
      whole =
          generator.generate(cache, (bytes, at) -> writeFully(channel, bytes, HEADER_BYTES + at));
      if (whole) {
        channel.force(true);
      }
    } finally {
      if (!whole) {
        Files.deleteIfExists(part);
      }
    }
    if (!whole) {
      return null;
    }
    Files.move(part, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return map(path());
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long at)
      throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** What a killed process left behind; parts of living ones are theirs. */
  private void deleteAbandonedParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
      for (Path part : parts) {
        String[] name = part.getFileName().toString().split("\\.");
        boolean ours = name.length == 3 && name[1].matches("[0-9]{1,18}");
        if (ours && ProcessHandle.of(Long.parseLong(name[1])).isEmpty()) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /** Deletes the datasets of the epochs before this one. */
  void deleteOlder() throws IOException {
    if (isAlone()) {
      return; // hundreds of names would have to be computed
    }
    for (int number = 0; number < epoch.number(); number++) {
      EthashEpoch old = EthashEpoch.of((long) number * EthashEpoch.BLOCKS, epoch.size());
      Files.deleteIfExists(new DatasetFile(folder, old).path());
    }
  }

  private boolean isAlone() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*-R" + REVISION + "-*")) {
      for (Path file : files) {
        if (!file.equals(path())) {
          return false;
        }
      }
    }
    return true;
  }
}
