package org.fondaco.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both stores against a sorted map. */
class StoreTest {
  private static final long SEED = 20261128;
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void bothStoresDoAsASortedMapDoes(@TempDir Path folder) {
    Random random = new Random(SEED);
    Map<String, String> reference = new TreeMap<>();
    try (KeyValueStore memory = new MemoryStore();
        KeyValueStore rocks = RocksStore.open(folder)) {
      for (int round = 0; round < 200; round++) {
        List<Batch> batches = List.of(Batch.buffered(), Batch.durable());
        for (int i = random.nextInt(20); i >= 0; i--) {
          byte[] key = bytes(random, 1 + random.nextInt(2), 4);
          byte @Nullable [] value = random.nextInt(3) == 0 ? null : bytes(random, 5, 256);
          for (Batch batch : batches) {
            if (value == null) {
              batch.remove(key.clone());
            } else {
              batch.put(key.clone(), value.clone());
            }
          }
          reference.put(HEX.formatHex(key), value == null ? "" : HEX.formatHex(value));
        }
        reference.values().removeIf(String::isEmpty);
        memory.write(batches.get(0));
        rocks.write(batches.get(1));
        byte[] prefix = bytes(random, random.nextInt(2), 4);
        List<String> expected =
            reference.entrySet().stream()
                .filter(pair -> pair.getKey().startsWith(HEX.formatHex(prefix)))
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .toList();
        assertThat(pairs(memory, prefix)).as("seed " + SEED).isEqualTo(expected);
        assertThat(pairs(rocks, prefix)).as("seed " + SEED).isEqualTo(expected);
      }
    }
  }

  @Test
  void aPrefixOfTheHighestByteHasAnEnd(@TempDir Path folder) {
    try (KeyValueStore store = RocksStore.open(folder)) {
      store.write(Batch.buffered().put(new byte[] {-1, -1, 3}, new byte[] {1}));
      assertThat(pairs(store, new byte[] {-1, -1})).containsExactly("ffff03=01");
    }
  }

  @Test
  void twoCannotOpenOneFolderAndTheSecondIsToldWhy(@TempDir Path folder) {
    try (KeyValueStore store = RocksStore.open(folder)) {
      assertThat(store.get(new byte[] {1})).isNull();
      assertThatThrownBy(() -> RocksStore.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is open in another process");
    }
  }

  @Test
  void afterItIsClosedAStoreRefusesInsteadOfCrashing(@TempDir Path folder) {
    KeyValueStore store = RocksStore.open(folder);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.get(new byte[] {1})).hasMessageContaining("is closed");
    assertThatThrownBy(() -> store.write(Batch.buffered())).hasMessageContaining("is closed");
    assertThatThrownBy(() -> store.each(new byte[0], (_, _) -> true))
        .hasMessageContaining("is closed");
  }

  @Test
  void aTruncatedDatabaseIsRefusedInClearWords(@TempDir Path folder) throws IOException {
    try (KeyValueStore store = RocksStore.open(folder)) {
      store.write(Batch.durable().put(new byte[] {1}, new byte[] {2}));
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path manifest =
          files
              .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
              .findFirst()
              .orElseThrow();
      Files.write(manifest, new byte[] {1, 2, 3});
    }
    assertThatThrownBy(() -> RocksStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot open the database in " + folder);
  }

  private static byte[] bytes(Random random, int length, int bound) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(bound);
    }
    return bytes;
  }

  private static List<String> pairs(KeyValueStore store, byte[] prefix) {
    List<String> pairs = new ArrayList<>();
    store.each(
        prefix,
        (key, value) -> {
          assertThat(store.get(key)).isEqualTo(value);
          return pairs.add(HEX.formatHex(key) + "=" + HEX.formatHex(value));
        });
    return pairs;
  }
}
