package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.store.KilledProcess;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while a node mines and imports; what it said it had, it has. */
class CrashTest {
  private static final long SEED = 1128;
  private static final int ROUNDS = 6;

  @Test
  void whateverMomentItIsKilledAtTheHeadHasItsStateAndTheChainGoesOn(@TempDir Path folder)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Path database = folder.resolve("chaindata");
    long before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> taken =
          KilledProcess.after(
              1 + random.nextInt(150), CrashVictim.class, database, random.nextLong());
      try (Blockchain chain = Chains.open(RocksStore.open(database), new InstantSeal())) {
        ChainCheck.check(chain);
        for (String hash : taken) {
          assertThat(chain.block(Hash.parse(hash)))
              .as("round %d, seed %d", round, SEED)
              .isNotNull();
        }
        assertThat(chain.head().number()).isGreaterThan(before);
        Block next = new RandomBlocks(random).on(chain, chain.head(), 2, List.of());
        assertThat(chain.insert(next)).isEqualTo(new Blockchain.Insertion.Head());
        before = chain.head().number();
      }
    }
  }
}
