package org.fondaco.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.store.KilledProcess;
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
      accepted.addAll(KilledProcess.after(1 + random.nextInt(200), MinerCrashVictim.class, folder));
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
}
