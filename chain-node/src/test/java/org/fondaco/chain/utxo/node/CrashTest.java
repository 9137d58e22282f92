package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.store.KilledProcess;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.RandomTree;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.chain.UtxoCheck;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a node that mines, imports, reorganises or reindexes: afterwards it has what it said
 * it had, and its unspent outputs are those of a chain that begins anew with the same blocks.
 */
@Timeout(120)
class CrashTest {
  private static final long SEED = 1130;
  private static final int ROUNDS = 2;
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();

  /** The last block that both lines have. */
  static final int FORK = 110;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  private UtxoChain open() {
    return UtxoChain.open(RocksStore.open(folder.resolve("chainstate")), BITCOIN, UtxoCheck.CLOCK);
  }

  private List<String> kill(int lines, String what, Path file)
      throws IOException, InterruptedException {
    return KilledProcess.after(lines, CrashVictim.class, folder, what, file);
  }

  private void checkHas(UtxoChain chain, List<String> taken, int round) {
    for (String hash : taken) {
      assertThat(chain.block(Hash.parse(hash))).as("round %d, seed %d", round, SEED).isNotNull();
    }
    UtxoCheck.check(chain);
  }

  private void secondNodeIsRefused() {
    assertThatThrownBy(() -> UtxoNode.open(CrashVictim.settings(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessage(folder.resolve("chainstate") + " is open in another process");
  }

  @Test
  void whileItMines() throws IOException, InterruptedException {
    int before = 0;
    for (int round = 0; round < 2; round++) {
      List<String> taken =
          KilledProcess.after(
              (round == 0 ? 100 : 1) + random.nextInt(40),
              this::secondNodeIsRefused,
              CrashVictim.class,
              folder,
              "mine");
      try (UtxoChain chain = open()) {
        checkHas(chain, taken, round);
        assertThat(chain.isOnChain(Objects.requireNonNull(entry(chain, taken.getLast())))).isTrue();
        assertThat(chain.tip().height()).isGreaterThanOrEqualTo(before + taken.size());
        before = chain.tip().height();
      }
    }
    Path cookie = folder.resolve(".cookie");
    assertThat(cookie).exists();
    try (UtxoNode node = UtxoNode.open(CrashVictim.settings(folder))) {
      assertThat(node.chain().tip().height()).isEqualTo(before);
    }
    assertThat(cookie).doesNotExist();
  }

  private static BlockEntry entry(UtxoChain chain, String hash) {
    return Objects.requireNonNull(chain.entry(Hash.parse(hash)));
  }

  /** Two lines from one block, the second longer, all of random spends. */
  private List<Block> lines() {
    UtxoChain chain = UtxoChain.open(new MemoryStore(), BITCOIN, UtxoCheck.CLOCK);
    List<Block> all = new ArrayList<>(RandomTree.grow(chain, new Blocks(BITCOIN), FORK));
    RandomTree tree = new RandomTree(chain, random);
    var fork = chain.tip();
    for (int length : new int[] {5, 7}) {
      var at = fork;
      for (int i = 0; i < length; i++) {
        Block block = tree.on(at, 4);
        chain.accept(block);
        all.add(block);
        at = Objects.requireNonNull(chain.entry(block.hash()));
      }
    }
    assertThat(chain.tip().height()).isEqualTo(FORK + 7);
    return all;
  }

  @Test
  void whileItImports() throws IOException, InterruptedException {
    Path file = folder.resolve("blocks");
    List<Block> blocks = lines();
    CrashVictim.writeBlocks(file, blocks);
    // What is connected at once: the first line, and of the second what is longer.
    int connected = FORK + 5 + 2;
    int done = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int lines = 1 + random.nextInt((connected - done) / 2);
      List<String> taken = kill(lines, "import", file);
      try (UtxoChain chain = open()) {
        checkHas(chain, taken, round);
        done = chain.tip().height();
        if (round == ROUNDS - 1) {
          blocks.forEach(chain::accept);
          assertThat(chain.tip().hash()).isEqualTo(blocks.getLast().hash());
          UtxoCheck.check(chain);
        }
      }
      if (done > FORK) {
        break; // the machine was faster than the axe
      }
    }
  }

  @Test
  void whileItReorganises() throws IOException, InterruptedException {
    Path file = folder.resolve("blocks");
    List<Block> blocks = lines();
    CrashVictim.writeBlocks(file, blocks);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> taken = kill(1 + random.nextInt(40), "reorganise", file);
      try (UtxoChain chain = open()) {
        checkHas(chain, taken, round);
        chain.reconsider(entry(chain, blocks.getLast().hash().toString()));
        assertThat(chain.tip().hash()).isEqualTo(blocks.getLast().hash());
        UtxoCheck.check(chain);
      }
    }
  }

  @Test
  void whileItReindexes() throws IOException, InterruptedException {
    List<Block> blocks = lines();
    Hash before;
    try (UtxoChain chain = open()) {
      blocks.forEach(chain::accept);
      before = chain.statistics().hash();
    }
    for (int round = 0; round < ROUNDS; round++) {
      // The last round is let finish: then it says what the tip is.
      boolean last = round == ROUNDS - 1;
      long bytes = last ? 0 : 1 + random.nextInt(50_000);
      List<String> said =
          KilledProcess.after(
              last ? 1 : 0, () -> awaitWritten(bytes), CrashVictim.class, folder, "reindex");
      assertThat(said).isSubsetOf(blocks.getLast().hash().toString());
      try (UtxoChain chain = open()) {
        assertThat(chain.tip().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(chain.statistics().hash()).as("round %d", round).isEqualTo(before);
        UtxoCheck.check(chain);
      }
    }
  }

  /** Waits until the database's log has so many bytes: the process is in the middle of its work. */
  private void awaitWritten(long bytes) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (logBytes() < bytes && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(logBytes()).isGreaterThanOrEqualTo(bytes);
  }

  private long logBytes() {
    long bytes = 0;
    for (File file : Objects.requireNonNull(folder.resolve("chainstate").toFile().listFiles())) {
      bytes += file.getName().endsWith(".log") ? file.length() : 0;
    }
    return bytes;
  }
}
