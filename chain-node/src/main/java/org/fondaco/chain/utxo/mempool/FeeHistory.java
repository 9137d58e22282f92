package org.fondaco.chain.utxo.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fondaco.chain.word.Hash;

/**
 * What transactions paid and how many blocks they waited, of the last thousand blocks. As in
 * Bitcoin Core, only those count that came without parents in the pool, and nothing is said until
 * enough have been seen: a local network with a block for each transaction must not pretend to know
 * a price. Nothing is kept over a restart. Under the lock of the pool.
 */
final class FeeHistory {
  private static final int BLOCKS_MAX = 1_008;

  /** Transactions of one group of rates, about as many as Core's decay asks for. */
  private static final int GROUP_MIN = 20;

  /** In so many of a hundred cases a rate must have been enough. */
  private static final int SUCCESS_PERCENT = 85;

  private final Deque<List<Seen>> blocks = new ArrayDeque<>();
  private final Set<Hash> alone = new HashSet<>();
  private List<Seen> current = new ArrayList<>();

  /** A transaction that was confirmed, or one that waits still. */
  private record Seen(long perKilobyte, int waitedBlocks, boolean confirmed) {}

  /** A transaction without parents in the pool came. */
  void entered(Hash txid) {
    alone.add(txid);
  }

  /** It went without a block. */
  void left(Hash txid) {
    alone.remove(txid);
  }

  /** It is in the block at this height. */
  void confirmed(MempoolEntry entry, int height) {
    if (alone.remove(entry.txid())) {
      current.add(seen(entry, height, true));
    }
  }

  private static Seen seen(MempoolEntry entry, int height, boolean confirmed) {
    long rate = FeeRate.of(entry.fee(), entry.virtualSize()).perKilobyte();
    return new Seen(rate, Math.max(1, height - entry.height()), confirmed);
  }

  /** The block is over. */
  void blockEnded() {
    blocks.add(current);
    current = new ArrayList<>();
    if (blocks.size() > BLOCKS_MAX) {
      blocks.remove();
    }
  }

  /**
   * The rate with which transactions were confirmed within so many blocks; nothing where too few
   * have been seen.
   *
   * @param waiting in the pool
   * @param height of the tip
   */
  Optional<FeeRate> estimate(int target, Collection<MempoolEntry> waiting, int height) {
    List<Seen> all = new ArrayList<>();
    blocks.forEach(all::addAll);
    for (MempoolEntry entry : waiting) {
      if (alone.contains(entry.txid()) && height - entry.height() >= target) {
        all.add(seen(entry, height, false));
      }
    }
    all.sort(Comparator.comparingLong(Seen::perKilobyte).reversed());
    Optional<FeeRate> best = Optional.empty();
    for (int from = 0; from < all.size(); ) {
      int to = groupEnd(all, from);
      if (to < 0) {
        break;
      }
      List<Seen> group = all.subList(from, to);
      long good =
          group.stream().filter(each -> each.confirmed && each.waitedBlocks <= target).count();
      if (good * 100 < (long) SUCCESS_PERCENT * group.size()) {
        break;
      }
      best = Optional.of(new FeeRate(group.get(group.size() / 2).perKilobyte));
      from = to;
    }
    return best;
  }

  /** Enough of them, and all of the last one's rate; negative where there are too few. */
  private static int groupEnd(List<Seen> all, int from) {
    int to = from + GROUP_MIN;
    if (to > all.size()) {
      return -1;
    }
    while (to < all.size() && all.get(to).perKilobyte == all.get(to - 1).perKilobyte) {
      to++;
    }
    return to;
  }
}
