package org.fondaco.chain.utxo.wallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which coins to spend. Values are effective: what a coin is worth without what its own input
 * costs.
 */
final class CoinSelection {
  /** Steps after which no exact sum is looked for any longer. */
  private static final int TRIES_MAX = 100_000;

  private CoinSelection() {}

  /** A coin that may be spent, and what it brings in, in satoshi. */
  record Candidate(Coin coin, long effective) {}

  /**
   * Coins whose sum is at least the target and at most so much more, so that no change is needed:
   * Murch's branch and bound, with the largest first. Null if it finds none.
   *
   * @param excessMax what a change output would cost
   */
  static @Nullable List<Candidate> exact(List<Candidate> all, long target, long excessMax) {
    List<Candidate> sorted = sorted(all);
    return new Search(sorted, target, excessMax).run();
  }

  /**
   * Coins whose sum is at least the target: the smallest that is enough alone, else the largest
   * until it is enough, so that there are few inputs. Null if all together are too little.
   */
  static @Nullable List<Candidate> enough(List<Candidate> all, long target) {
    List<Candidate> sorted = sorted(all);
    for (Candidate candidate : sorted.reversed()) {
      if (candidate.effective >= target) {
        return List.of(candidate);
      }
    }
    List<Candidate> chosen = new ArrayList<>();
    long sum = 0;
    for (Candidate candidate : sorted) {
      chosen.add(candidate);
      sum += candidate.effective;
      if (sum >= target) {
        return chosen;
      }
    }
    return null;
  }

  /** Without those that cost more than they bring. */
  private static List<Candidate> sorted(List<Candidate> all) {
    return all.stream()
        .filter(each -> each.effective > 0)
        .sorted(Comparator.comparingLong(Candidate::effective).reversed())
        .toList();
  }

  /** Depth first: with a coin, then without it. */
  private static final class Search {
    private final List<Candidate> sorted;
    private final long target;
    private final long excessMax;
    private final long[] rest;
    private final boolean[] taken;
    private int tries;

    Search(List<Candidate> sorted, long target, long excessMax) {
      this.sorted = sorted;
      this.target = target;
      this.excessMax = excessMax;
      taken = new boolean[sorted.size()];
      rest = new long[sorted.size() + 1];
      for (int i = sorted.size() - 1; i >= 0; i--) {
        rest[i] = rest[i + 1] + sorted.get(i).effective;
      }
    }

    @Nullable List<Candidate> run() {
      int at = 0;
      long sum = 0;
      while (tries++ < TRIES_MAX) {
        if (sum >= target && sum <= target + excessMax) {
          return chosen();
        }
        if (sum < target && at < taken.length && sum + rest[at] >= target) {
          taken[at] = true;
          sum += sorted.get(at).effective;
          at++;
          continue;
        }
        // Back to the last coin that was taken, and on without it and without its equals.
        int last = Math.min(at, taken.length) - 1;
        while (last >= 0 && !taken[last]) {
          last--;
        }
        if (last < 0) {
          return null;
        }
        taken[last] = false;
        long value = sorted.get(last).effective;
        sum -= value;
        at = last + 1;
        while (at < taken.length && sorted.get(at).effective == value) {
          at++;
        }
      }
      return null;
    }

    private List<Candidate> chosen() {
      List<Candidate> chosen = new ArrayList<>();
      for (int i = 0; i < taken.length; i++) {
        if (taken[i]) {
          chosen.add(sorted.get(i));
        }
      }
      return chosen;
    }
  }
}
