package org.fondaco.chain.utxo.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Who in the pool spends whom. Not safe for threads: the pool holds its lock. */
final class Relations {
  private final Map<Hash, MempoolEntry> entries = new LinkedHashMap<>();
  private final Map<OutPoint, MempoolEntry> spenders = new HashMap<>();

  void add(MempoolEntry entry) {
    entries.put(entry.txid(), entry);
    for (Input input : entry.transaction().inputs()) {
      spenders.put(input.outPoint(), entry);
    }
  }

  void remove(MempoolEntry entry) {
    entries.remove(entry.txid());
    for (Input input : entry.transaction().inputs()) {
      spenders.remove(input.outPoint(), entry);
    }
  }

  @Nullable MempoolEntry find(Hash txid) {
    return entries.get(txid);
  }

  /** A view, in the order of arrival: parents before children. */
  Collection<MempoolEntry> all() {
    return entries.values();
  }

  @Nullable MempoolEntry spender(OutPoint outPoint) {
    return spenders.get(outPoint);
  }

  /** Those in the pool whose outputs it spends. */
  Set<MempoolEntry> parents(Transaction transaction) {
    Set<MempoolEntry> parents = new LinkedHashSet<>();
    for (Input input : transaction.inputs()) {
      MempoolEntry parent = entries.get(input.outPoint().txid());
      if (parent != null) {
        parents.add(parent);
      }
    }
    return parents;
  }

  Set<MempoolEntry> children(MempoolEntry entry) {
    Set<MempoolEntry> children = new LinkedHashSet<>();
    for (int i = 0; i < entry.transaction().outputs().size(); i++) {
      MempoolEntry child = spenders.get(new OutPoint(entry.txid(), i));
      if (child != null) {
        children.add(child);
      }
    }
    return children;
  }

  /** Parents, their parents and so on; without the transaction itself. */
  Set<MempoolEntry> ancestors(Transaction transaction) {
    return closure(parents(transaction), entry -> parents(entry.transaction()));
  }

  /** Children, their children and so on; with the entry itself, first. */
  Set<MempoolEntry> withDescendants(MempoolEntry entry) {
    return closure(Set.of(entry), this::children);
  }

  private static Set<MempoolEntry> closure(
      Collection<MempoolEntry> start, Function<MempoolEntry, Set<MempoolEntry>> next) {
    Set<MempoolEntry> found = new LinkedHashSet<>(start);
    Deque<MempoolEntry> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      for (MempoolEntry each : next.apply(open.remove())) {
        if (found.add(each)) {
          open.add(each);
        }
      }
    }
    return found;
  }

  /** Entries in the pool that spend what the transaction spends. */
  Set<MempoolEntry> conflicts(Transaction transaction) {
    Set<MempoolEntry> conflicts = new LinkedHashSet<>();
    for (Input input : transaction.inputs()) {
      MempoolEntry spender = spenders.get(input.outPoint());
      if (spender != null && !spender.txid().equals(transaction.txid())) {
        conflicts.add(spender);
      }
    }
    return conflicts;
  }

  /** Each before whatever spends it, as they came. */
  List<MempoolEntry> inOrder(Set<MempoolEntry> some) {
    List<MempoolEntry> ordered = new ArrayList<>();
    Set<MempoolEntry> placed = new LinkedHashSet<>();
    for (MempoolEntry entry : some) {
      place(entry, some, placed);
    }
    ordered.addAll(placed);
    return ordered;
  }

  /** Depth is bounded by the limit of ancestors or, where there is none, by the block. */
  private void place(MempoolEntry entry, Set<MempoolEntry> some, Set<MempoolEntry> placed) {
    Deque<MempoolEntry> path = new ArrayDeque<>(List.of(entry));
    while (!path.isEmpty()) {
      MempoolEntry top = path.peek();
      MempoolEntry missing = null;
      for (MempoolEntry parent : parents(top.transaction())) {
        if (some.contains(parent) && !placed.contains(parent)) {
          missing = parent;
          break;
        }
      }
      if (missing != null) {
        path.push(missing);
      } else {
        path.pop();
        placed.add(top);
      }
    }
  }
}
