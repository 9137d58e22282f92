package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.chain.RandomTree;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.chain.UtxoCheck;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any file of the database cut or changed: an error that names the folder, or a whole chain. */
@Timeout(120)
class DamageTest {
  private static final long SEED = 20261128;
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final int BLOCKS = 30;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  private static UtxoChain open(Path database) {
    RocksStore store = RocksStore.open(database);
    try {
      return UtxoChain.open(store, BITCOIN, UtxoCheck.CLOCK);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Blocks in tables, for the log of one life becomes a table in the next, and blocks in a log. */
  private Path grown() {
    Path database = folder.resolve("chainstate");
    Blocks blocks = new Blocks(BITCOIN);
    for (int i = 0; i < 2; i++) {
      try (UtxoChain chain = open(database)) {
        RandomTree.grow(chain, blocks, BLOCKS / 2);
      }
    }
    return database;
  }

  private Path copy(Path from, int number) throws IOException {
    Path to = Files.createDirectory(folder.resolve("copy" + number));
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
    return to;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private List<byte[]> damages(byte[] bytes) {
    List<byte[]> damages = new ArrayList<>();
    damages.add(new byte[0]);
    damages.add(Arrays.copyOf(bytes, Math.max(0, bytes.length - 1)));
    damages.add(Arrays.copyOf(bytes, bytes.length / 2));
    for (int i = 0; i < 3 && bytes.length > 0; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      damages.add(changed);
    }
    return damages;
  }

  @Test
  void everyFileOfTheDatabase() throws IOException {
    Path database = grown();
    int copies = 0;
    int refused = 0;
    for (Path file : files(database)) {
      for (byte[] damage : damages(Files.readAllBytes(file))) {
        Path copy = copy(database, copies++);
        Files.write(copy.resolve(file.getFileName()), damage);
        refused += isRefused(copy, file.getFileName() + ", copy " + copies) ? 1 : 0;
      }
    }
    assertThat(refused).as("of %d", copies).isBetween(copies / 4, copies);
  }

  /** A file that is gone is damage too. */
  @Test
  void everyMissingFile() throws IOException {
    Path database = grown();
    int copies = 0;
    for (Path file : files(database)) {
      Path copy = copy(database, copies++);
      Files.delete(copy.resolve(file.getFileName()));
      isRefused(copy, file.getFileName() + " is gone");
    }
    assertThat(copies).isGreaterThan(5);
  }

  private static boolean isRefused(Path database, String what) {
    try (UtxoChain chain = open(database)) {
      UtxoCheck.check(chain);
      return false;
    } catch (StoreException e) {
      assertThat(e).as(what).hasMessageContaining(database.toString());
      return true;
    }
  }
}
