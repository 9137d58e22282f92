package org.fondaco.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Remote transactions, the cheapest first. Only a full pool asks, so the order is made when it is
 * first asked for and kept up from then on, until the base fee changes it.
 */
final class Cheapest {
  private @Nullable U256 baseFee;
  private @Nullable TreeSet<Pooled> order;

  /** Another block has another base fee. */
  void setBaseFee(@Nullable U256 fee) {
    baseFee = fee;
    order = null;
  }

  void added(Pooled entry) {
    if (order != null) {
      order.add(entry);
    }
  }

  void removed(Pooled entry) {
    if (order != null) {
      order.remove(entry);
    }
  }

  /** An account became local: its transactions are no longer here. */
  void forget() {
    order = null;
  }

  /** Whether a transaction pays no more than the cheapest; false if there is none. */
  boolean undercuts(Pooled entry, Collection<Pooled> all, Predicate<Pooled> remote) {
    TreeSet<Pooled> ordered = order(all, remote);
    return !ordered.isEmpty() && PriceOrder.price(baseFee).compare(entry, ordered.getFirst()) <= 0;
  }

  /** The cheapest that take up this many slots; null if all together take fewer. */
  @Nullable List<Pooled> worth(int slots, Collection<Pooled> all, Predicate<Pooled> remote) {
    List<Pooled> chosen = new ArrayList<>();
    int left = slots;
    for (Pooled entry : order(all, remote)) {
      if (left <= 0) {
        break;
      }
      chosen.add(entry);
      left -= entry.slots();
    }
    return left <= 0 ? chosen : null;
  }

  private TreeSet<Pooled> order(Collection<Pooled> all, Predicate<Pooled> remote) {
    TreeSet<Pooled> ordered = order;
    if (ordered == null) {
      ordered = new TreeSet<>(PriceOrder.cheapestFirst(baseFee));
      for (Pooled entry : all) {
        if (remote.test(entry)) {
          ordered.add(entry);
        }
      }
      order = ordered;
    }
    return ordered;
  }
}
