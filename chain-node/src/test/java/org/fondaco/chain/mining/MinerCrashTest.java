package org.fondaco.chain.mining;

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
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while mining: what was accepted is mined, or waits in the pool of the next process. */
class MinerCrashTest {
  private static final long SEED = 1129;
  private static final int ROUNDS = 3;

  @Test
  void noAcceptedTransactionIsLost(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    List<String> accepted = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      accepted.addAll(killAfter(folder, 1 + random.nextInt(200)));
      try (Blockchain chain = MinerCrashVictim.chain(folder);
          TransactionPool pool = MinerCrashVictim.pool(folder, chain);
          Miner miner =
              Miner.open(chain, pool, MinerSettings.standard().withCoinbase(Rig.COINBASE))) {
        for (String hash : accepted) {
          Hash name = Hash.parse(hash);
          assertThat(chain.locate(name) != null || pool.transaction(name) != null)
              .as("seed %d round %d: %s", SEED, round, hash)
              .isTrue();
        }
        assertThat(pool.status().queued()).isZero();
        while (pool.status().pending() > 0) {
          assertThat(miner.sealNow().transactions()).isNotEmpty();
        }
        assertThat(accepted)
            .allSatisfy(hash -> assertThat(chain.locate(Hash.parse(hash))).isNotNull());
      }
    }
  }

  /** Reads so many lines and kills; the process goes on meanwhile. */
  private static List<String> killAfter(Path folder, int lines)
      throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                MinerCrashVictim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> accepted = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("open");
      String line = output.readLine();
      while (line != null && accepted.size() < lines) {
        accepted.add(line);
        line = output.readLine();
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(accepted).hasSize(lines);
    return accepted;
  }
}
