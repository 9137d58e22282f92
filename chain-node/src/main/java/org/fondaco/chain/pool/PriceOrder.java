package org.fondaco.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** What transactions are worth to who mines them. */
final class PriceOrder {
  private PriceOrder() {}

  /**
   * What a block with this base fee would earn a unit of gas (EIP-1559), in wei; zero where the
   * transaction does not pay the base fee.
   */
  static U256 tip(Transaction transaction, @Nullable U256 baseFee) {
    if (baseFee == null) {
      return transaction.maxPriorityFee();
    }
    if (transaction.maxFee().compareTo(baseFee) < 0) {
      return U256.ZERO;
    }
    U256 room = transaction.maxFee().subtract(baseFee);
    return room.compareTo(transaction.maxPriorityFee()) < 0 ? room : transaction.maxPriorityFee();
  }

  /**
   * The one to evict first: the least tip, then fee cap, then tip cap; of equals the later nonce,
   * so that an account is shortened from its end.
   */
  static Comparator<Pooled> cheapestFirst(@Nullable U256 baseFee) {
    return price(baseFee)
        .thenComparing(Pooled::nonce, (a, b) -> Long.compareUnsigned(b, a))
        .thenComparing(Pooled::hash);
  }

  /** Compares what is paid and nothing else. */
  static Comparator<Pooled> price(@Nullable U256 baseFee) {
    return Comparator.<Pooled, U256>comparing(entry -> tip(entry.transaction(), baseFee))
        .thenComparing(entry -> entry.transaction().maxFee())
        .thenComparing(entry -> entry.transaction().maxPriorityFee());
  }

  /** The next transaction of one account, and those after it. */
  private record Run(Pooled first, long order, U256 tip, Iterator<Pooled> rest) {}

  /**
   * Executable transactions, best tip first, each account's in the order of their nonces. An
   * account's run ends where one does not pay the base fee: the later ones cannot go before it.
   */
  static List<TransactionPool.Executable> merge(
      Collection<Waiting> accounts, @Nullable U256 baseFee) {
    PriorityQueue<Run> runs =
        new PriorityQueue<>(Comparator.comparing(Run::tip).reversed().thenComparing(Run::order));
    List<TransactionPool.Executable> merged = new ArrayList<>();
    for (Waiting account : accounts) {
      advance(runs, account.pendingByNonce().values().iterator(), account.beat(), baseFee);
    }
    for (Run run = runs.poll(); run != null; run = runs.poll()) {
      merged.add(new TransactionPool.Executable(run.first().transaction(), run.first().sender()));
      advance(runs, run.rest(), run.order(), baseFee);
    }
    return merged;
  }

  private static void advance(
      PriorityQueue<Run> runs, Iterator<Pooled> rest, long order, @Nullable U256 baseFee) {
    if (rest.hasNext()) {
      Pooled next = rest.next();
      if (baseFee == null || next.transaction().maxFee().compareTo(baseFee) >= 0) {
        runs.add(new Run(next, order, tip(next.transaction(), baseFee), rest));
      }
    }
  }
}
