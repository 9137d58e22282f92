package org.fondaco.chain.utxo.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.profile.NetworkProfile;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wallet.CoinSelection.Candidate;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Beside every subset, which is what the search leaves out. */
class CoinSelectionTest {
  private static final long SEED = 20_261_128;

  private final Owned owned = owned();

  private static Owned owned() {
    Descriptor raw = Descriptor.parse("raw(51)", NetworkProfile.BTC_REGTEST.addresses(), false);
    KeyLine line = new KeyLine(0, raw, null, false, false, 0, 0);
    return new Owned(line, 0, raw.expand(0).getFirst());
  }

  private List<Candidate> candidates(Random random, int count) {
    List<Candidate> all = new ArrayList<>();
    Entry entry = new Entry(new Transaction(2, List.of(), List.of(), 0), 0, false);
    for (int i = 0; i < count; i++) {
      long value = random.nextInt(1, 60);
      Coin coin =
          new Coin(new OutPoint(Hash.ZERO, i), new Output(value, new byte[0]), entry, owned);
      all.add(new Candidate(coin, value - 3));
    }
    return all;
  }

  private static long sum(List<Candidate> chosen) {
    return chosen.stream().mapToLong(Candidate::effective).sum();
  }

  private static boolean someSubsetFits(List<Candidate> all, long from, long to) {
    for (int mask = 1; mask < 1 << all.size(); mask++) {
      long sum = 0;
      for (int i = 0; i < all.size(); i++) {
        sum += (mask >> i & 1) == 0 ? 0 : Math.max(0, all.get(i).effective());
      }
      if (sum >= from && sum <= to) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anExactSumIsFoundWhereThereIsOne() {
    Random random = new Random(SEED);
    int found = 0;
    for (int round = 0; round < 400; round++) {
      List<Candidate> all = candidates(random, random.nextInt(1, 11));
      long target = random.nextInt(1, 150);
      long excess = random.nextInt(3);
      @Nullable List<Candidate> chosen = CoinSelection.exact(all, target, excess);
      assertThat(chosen != null)
          .as("round %d of seed %d", round, SEED)
          .isEqualTo(someSubsetFits(all, target, target + excess));
      if (chosen != null) {
        found++;
        assertThat(sum(chosen)).isBetween(target, target + excess);
        assertThat(chosen).doesNotHaveDuplicates();
      }
    }
    assertThat(found).isBetween(50, 390);
  }

  @Test
  void enoughIsTheSmallestThatDoesAloneElseTheLargestOnes() {
    Random random = new Random(SEED);
    for (int round = 0; round < 400; round++) {
      List<Candidate> all = candidates(random, random.nextInt(1, 11));
      long target = random.nextInt(1, 150);
      long whole = all.stream().mapToLong(each -> Math.max(0, each.effective())).sum();
      @Nullable List<Candidate> chosen = CoinSelection.enough(all, target);
      assertThat(chosen != null).isEqualTo(whole >= target);
      if (chosen == null) {
        continue;
      }
      assertThat(sum(chosen)).isGreaterThanOrEqualTo(target);
      long alone =
          all.stream()
              .mapToLong(Candidate::effective)
              .filter(each -> each >= target)
              .min()
              .orElse(0);
      if (alone > 0) {
        assertThat(chosen).hasSize(1);
        assertThat(sum(chosen)).isEqualTo(alone);
      } else {
        assertThat(sum(chosen) - chosen.getLast().effective()).isLessThan(target);
      }
    }
  }
}
