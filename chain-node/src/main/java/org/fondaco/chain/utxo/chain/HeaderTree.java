package org.fondaco.chain.utxo.chain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** All headers by hash, and who builds on whom. The caller holds the lock of the chain. */
final class HeaderTree {
  private final Hash genesis;
  private final Map<Hash, BlockEntry> entries = new HashMap<>();
  private final Map<BlockEntry, List<BlockEntry>> children = new HashMap<>();
  private long arrivals;

  HeaderTree(Hash genesis) {
    this.genesis = genesis;
  }

  /** Makes the entries of stored rows. */
  void load(Map<Hash, ChainStore.Row> rows) {
    for (ChainStore.Row row : rows.values()) {
      arrange(row, rows);
    }
  }

  /** The next number in the order of arrival. */
  long nextArrival() {
    return ++arrivals;
  }

  @Nullable BlockEntry find(Hash hash) {
    return entries.get(hash);
  }

  /** A view. */
  Collection<BlockEntry> all() {
    return entries.values();
  }

  boolean isLeaf(BlockEntry entry) {
    return !children.containsKey(entry);
  }

  /** Makes the entry of a row, and before it those of its ancestors. */
  private void arrange(ChainStore.Row row, Map<Hash, ChainStore.Row> rows) {
    List<ChainStore.Row> missing = new ArrayList<>();
    ChainStore.Row at = row;
    while (at != null && !entries.containsKey(at.hash())) {
      missing.add(at);
      at = at.header().previous().equals(Hash.ZERO) ? null : rows.get(at.header().previous());
    }
    for (ChainStore.Row each : missing.reversed()) {
      BlockEntry parent = entries.get(each.header().previous());
      if (parent == null && !each.hash().equals(genesis)) {
        throw new StoreException(
            "the database lacks the parent of header "
                + each.header()
                + ": it is truncated; --reindex makes it again");
      }
      BlockEntry entry = new BlockEntry(each.hash(), each.header(), parent);
      entry.arrived(each.arrival(), each.transactions());
      entry.setFailed(each.failed());
      arrivals = Math.max(arrivals, each.arrival());
      insert(entry);
    }
  }

  void insert(BlockEntry entry) {
    entries.put(entry.hash(), entry);
    BlockEntry parent = entry.parent();
    if (parent != null) {
      children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entry);
    }
  }

  /** An entry and all that build on it. */
  List<BlockEntry> withDescendants(BlockEntry entry) {
    List<BlockEntry> found = new ArrayList<>(List.of(entry));
    for (int i = 0; i < found.size(); i++) {
      found.addAll(children.getOrDefault(found.get(i), List.of()));
    }
    return found;
  }
}
