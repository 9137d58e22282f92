package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.InstantSeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainFileTest {
  private static final Genesis GENESIS = TestChain.genesis(TestChain.INSTANT);

  @TempDir private Path folder;

  private static Blockchain chain(int blocks) {
    Blockchain chain = Chains.inMemory(GENESIS, new InstantSeal());
    RandomBlocks random = new RandomBlocks(new Random(3));
    for (int i = 0; i < blocks; i++) {
      chain.insertSealed(random.on(chain, chain.head(), 5, List.of()));
    }
    return chain;
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain.rlp", "chain.rlp.gz"})
  void whatOneWritesAnotherReads(String name) throws IOException {
    Path file = folder.resolve(name);
    try (Blockchain from = chain(20);
        Blockchain to = chain(7)) {
      assertThat(ChainFile.write(from, file, 0, 20)).isEqualTo(21);
      List<Long> heard = new ArrayList<>();
      assertThat(ChainFile.read(to, file, heard::add)).isEqualTo(new ChainFile.Imported(21, 13));
      assertThat(heard).hasSize(21).startsWith(0L, 1L).endsWith(20L);
      assertThat(to.head().hash()).isEqualTo(from.head().hash());
    }
  }

  @Test
  void theFileIsTheBlocksAndNothingElse() throws IOException {
    Path file = folder.resolve("chain.rlp");
    try (Blockchain from = chain(3)) {
      ChainFile.write(from, file, 2, 2);
      Block second = from.block(2);
      assertThat(second).isNotNull();
      assertThat(Files.readAllBytes(file)).isEqualTo(second.encode());
      assertThatThrownBy(() -> ChainFile.write(from, file, 2, 4))
          .hasMessage("no blocks from 2 to 4: the head is 3");
    }
  }

  @Test
  void damagedAndForeignFilesAreRefusedInClearWords() throws IOException {
    Path file = folder.resolve("chain.rlp");
    try (Blockchain from = chain(5);
        Blockchain other =
            Chains.inMemory(TestChain.genesis(TestChain.PROOF_OF_WORK), new InstantSeal())) {
      ChainFile.write(from, file, 0, 5);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length - 1));
      assertThatThrownBy(() -> ChainFile.read(chain(0), file, _ -> {}))
          .isInstanceOf(ChainException.class)
          .hasMessage("block 5 of the file: the file ends within it");
      Files.write(file, new byte[] {1});
      assertThatThrownBy(() -> ChainFile.read(chain(0), file, _ -> {}))
          .hasMessage("block 0 of the file: not a list");
      Files.write(file, new byte[] {-1, 127, 0, 0, 0, 0, 0, 0, 0});
      assertThatThrownBy(() -> ChainFile.read(chain(0), file, _ -> {}))
          .hasMessage("block 0 of the file: longer than any block");
      ChainFile.write(from, file, 2, 5);
      assertThatThrownBy(() -> ChainFile.read(chain(0), file, _ -> {}))
          .hasMessageContaining("its parent is not known");
      other.close();
    }
  }
}
