package org.fondaco.chain.utxo.mempool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.fondaco.chain.word.Hash;

/**
 * Chooses for a block by what a transaction pays together with all that it needs: Bitcoin Core's
 * ancestor fee rate. A child that pays well takes its parents along.
 */
final class BlockSelection {
  /** After so many that do not fit a nearly full block is full. */
  private static final int FAILURES_MAX = 1_000;

  private static final int NEARLY_FULL_WEIGHT = 4_000;

  private final Relations relations;
  private final Map<Hash, Package> packages = new HashMap<>();
  private final Set<MempoolEntry> chosen = new LinkedHashSet<>();

  /** An entry with what it needs that is not chosen yet; stale once a later one is made. */
  private record Package(MempoolEntry entry, long fees, long size) {}

  BlockSelection(Relations relations) {
    this.relations = relations;
  }

  /** Who pays more for the size comes first. */
  private static int compare(Package first, Package second) {
    int order = FeeRate.compare(second.fees, second.size, first.fees, first.size);
    return order != 0 ? order : first.entry.txid().compareTo(second.entry.txid());
  }

  List<MempoolEntry> select(long weightMax, long operationsMax) {
    PriorityQueue<Package> queue = new PriorityQueue<>(BlockSelection::compare);
    relations.all().forEach(entry -> queue.add(renewed(entry)));
    Set<MempoolEntry> refused = new HashSet<>();
    long weight = 0;
    long operations = 0;
    int failures = 0;
    while (!queue.isEmpty() && failures < FAILURES_MAX) {
      Package best = queue.remove();
      if (best != packages.get(best.entry.txid()) || chosen.contains(best.entry)) {
        continue;
      }
      Set<MempoolEntry> needed = needed(best.entry);
      long more = needed.stream().mapToLong(each -> each.transaction().weight()).sum();
      long moreOperations = needed.stream().mapToLong(MempoolEntry::operationsCost).sum();
      if (weight + more > weightMax
          || operations + moreOperations > operationsMax
          || needed.stream().anyMatch(refused::contains)) {
        refused.add(best.entry);
        failures += weight > weightMax - NEARLY_FULL_WEIGHT ? 1 : 0;
        continue;
      }
      weight += more;
      operations += moreOperations;
      chosen.addAll(relations.inOrder(needed));
      renewDescendants(needed, queue);
    }
    return new ArrayList<>(chosen);
  }

  private Set<MempoolEntry> needed(MempoolEntry entry) {
    Set<MempoolEntry> needed = new LinkedHashSet<>(relations.ancestors(entry.transaction()));
    needed.add(entry);
    needed.removeAll(chosen);
    return needed;
  }

  private Package renewed(MempoolEntry entry) {
    Set<MempoolEntry> needed = needed(entry);
    Package renewed = new Package(entry, Mempool.fees(needed), Mempool.sizes(needed));
    packages.put(entry.txid(), renewed);
    return renewed;
  }

  /** What needed the chosen ones needs less now. */
  private void renewDescendants(Set<MempoolEntry> just, PriorityQueue<Package> queue) {
    Set<MempoolEntry> descendants = new LinkedHashSet<>();
    just.forEach(entry -> descendants.addAll(relations.withDescendants(entry)));
    for (MempoolEntry entry : descendants) {
      if (!chosen.contains(entry)) {
        queue.add(renewed(entry));
      }
    }
  }
}
