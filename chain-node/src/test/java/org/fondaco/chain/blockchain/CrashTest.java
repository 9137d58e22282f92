package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.seal.InstantSeal;
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
      List<String> taken = killAfter(database, random.nextLong(), 1 + random.nextInt(150));
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

  /** Reads so many lines and kills; the process writes on meanwhile. */
  private static List<String> killAfter(Path database, long seed, int lines)
      throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                CrashVictim.class.getName(),
                database.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> taken = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("open");
      String line = output.readLine();
      while (line != null && taken.size() < lines) {
        taken.add(line);
        line = output.readLine();
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasSize(lines);
    return taken;
  }
}
