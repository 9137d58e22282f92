package org.fondaco.chain.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final EthashEpoch TINY = EthashEpoch.of(0, EthashEpoch.Size.TINY);
  private static final EthashCache CACHE = new EthashCache(TINY);

  @TempDir private Path folder;

  private static DatasetGenerator generator(List<Integer> percents) {
    return new DatasetGenerator(2, () -> false, percents::add);
  }

  private DatasetFile file() {
    return new DatasetFile(folder, TINY);
  }

  private byte[] make() throws IOException {
    assertThat(file().make(CACHE, generator(new ArrayList<>()))).isNotNull();
    return Files.readAllBytes(file().path());
  }

  /** The tables that geth's own tests hold for 1 KiB of cache and 32 KiB of dataset. */
  @Test
  void theTinyCacheAndDatasetAreGeths() throws IOException {
    assertThat(Hex.encode(CACHE.toBytes()))
        .startsWith("0x7ce2991c951f7bf4c4c1bb119887ee07871eb5339d7b97b8588e85c742de90e5")
        .hasSize(2 + 2 * 1024);
    byte[] dataset = Arrays.copyOfRange(make(), DatasetFile.HEADER_BYTES, 8 + 32 * 1024);
    assertThat(Hex.encode(dataset))
        .startsWith("0x4bc09fbd530a041dd2ec296110a29e8f130f179c59d223f51ecce3126e8b0c74");
  }

  @Test
  void itemsSideBySideAreTheSpecificationsOneByOne() {
    EthashCache full = new EthashCache(EthashEpoch.of(0, EthashEpoch.Size.FULL));
    for (EthashCache cache : List.of(CACHE, full)) {
      int[] words = words(cache.toBytes());
      int[] items = new int[16 * 7];
      EthashCache.Scratch scratch = new EthashCache.Scratch(7);
      cache.items(123, 7, scratch, items);
      for (int i = 0; i < 7; i++) {
        assertThat(Arrays.copyOfRange(items, 16 * i, 16 * i + 16))
            .isEqualTo(naiveItem(words, 123 + i));
      }
    }
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }

  /** {@code calc_dataset_item} of the specification, word for word. */
  private static int[] naiveItem(int[] cache, int index) {
    int rows = cache.length / 16;
    int[] mix = Arrays.copyOfRange(cache, index % rows * 16, index % rows * 16 + 16);
    mix[0] ^= index;
    mix = keccak512(mix);
    for (int parent = 0; parent < 256; parent++) {
      int row = Integer.remainderUnsigned(fnv(index ^ parent, mix[parent % 16]), rows);
      for (int i = 0; i < 16; i++) {
        mix[i] = fnv(mix[i], cache[row * 16 + i]);
      }
    }
    return keccak512(mix);
  }

  private static int fnv(int a, int b) {
    return a * 0x01000193 ^ b;
  }

  private static int[] keccak512(int[] input) {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(input);
    return words(Keccak.hash512(bytes.array()));
  }

  @Test
  void theFileHasGethsNameAndMagic() throws IOException {
    assertThat(new DatasetFile(folder, EthashEpoch.of(1, EthashEpoch.Size.FULL)).path())
        .isEqualTo(folder.resolve("full-R23-0000000000000000"));
    assertThat(new DatasetFile(folder, EthashEpoch.of(30_000, EthashEpoch.Size.FULL)).path())
        .isEqualTo(folder.resolve("full-R23-290decd9548b62a8"));
    assertThat(file().path().getFileName()).hasToString("tiny-R23-0000000000000000");
    byte[] bytes = make();
    assertThat(bytes).hasSize(8 + 32 * 1024);
    assertThat(Hex.encode(Arrays.copyOf(bytes, 8))).isEqualTo("0xfecaddbaaddee1fe");
  }

  @Test
  void saysEachPercentOnce() throws IOException {
    List<Integer> percents = new ArrayList<>();
    file().make(CACHE, generator(percents));
    assertThat(percents).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void aSoundFileIsUsedAgainAndADamagedOneIsNot() throws IOException {
    byte[] good = make();
    assertThat(file().open(CACHE)).isNotNull();
    for (int length : new int[] {0, 7, 8, good.length - 1, good.length + 1}) {
      Files.write(file().path(), Arrays.copyOf(good, length));
      assertThat(file().open(CACHE)).as("length %d", length).isNull();
      assertThat(file().path()).doesNotExist();
    }
    for (int at : new int[] {0, 7, 8, 5_000, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file().path(), bad);
      assertThat(file().open(CACHE)).as("byte %d", at).isNull();
    }
    assertThat(make()).isEqualTo(good);
  }

  @Test
  void whatWasInterruptedLeavesNothing() throws IOException {
    assertThat(file().make(CACHE, new DatasetGenerator(1, () -> true, percent -> {}))).isNull();
    assertThat(names()).isEmpty();
    Path abandoned = folder.resolve("full-R23-0000000000000000.999999999.part");
    Path living =
        folder.resolve("full-R23-0000000000000000." + ProcessHandle.current().pid() + ".part");
    Files.createFile(abandoned);
    Files.createFile(living);
    make();
    assertThat(names()).doesNotContain(abandoned.getFileName().toString());
    assertThat(names()).contains(living.getFileName().toString());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aFullDiskIsAnErrorAndNotADataset() {
    DatasetGenerator generator = generator(new ArrayList<>());
    assertThatThrownBy(() ->
            generator.generate(
                CACHE,
                (bytes, at) -> {
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void olderEpochsGo() throws IOException {
    make();
    EthashEpoch second = EthashEpoch.of(30_000, EthashEpoch.Size.TINY);
    EthashEpoch third = EthashEpoch.of(60_000, EthashEpoch.Size.TINY);
    for (EthashEpoch epoch : List.of(second, third)) {
      new DatasetFile(folder, epoch).make(new EthashCache(epoch), generator(new ArrayList<>()));
    }
    new DatasetFile(folder, second).deleteOlder();
    assertThat(names())
        .containsExactlyInAnyOrder("tiny-R23-290decd9548b62a8", "tiny-R23-510e4e770828ddbf");
  }
}
