package org.fondaco.chain.utxo.chain;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Forgets everything that follows from the stored blocks, so that the start makes it again: Bitcoin
 * Core's {@code -reindex}. A mark on the disk says that this has begun; whoever dies on the way
 * begins again. What was called invalid is judged anew. Used once.
 */
final class Reindex {
  private static final System.Logger LOG = System.getLogger(Reindex.class.getName());

  private final ChainStore store;
  private final Block genesis;

  /** As they were; the order in which blocks came is nowhere else. */
  private final Map<Hash, ChainStore.Row> before = new HashMap<>();

  private final Map<Hash, ChainStore.Row> rows = new HashMap<>();
  private long arrivals;

  Reindex(ChainStore store, Block genesis) {
    this.store = store;
    this.genesis = genesis;
  }

  /** Afterwards the genesis is the tip, and every sound block may be on the chain. */
  void run() {
    store.removeAll('c');
    store.removeAll('u');
    store.removeAll('t');
    store.removeUnreadableEntries();
    store.eachEntry(row -> before.put(row.hash(), row));
    before.values().forEach(row -> arrivals = Math.max(arrivals, row.arrival()));
    before.values().forEach(row -> rows.put(row.hash(), row(row.hash(), row, 0, 0)));
    List<Hash> blocks = new ArrayList<>();
    store.eachBlock(blocks::add);
    blocks.forEach(this::look);
    rows.computeIfAbsent(genesis.hash(), hash -> row(hash, genesis, ++arrivals));
    Set<Hash> reachable = reachable();
    Batch batch = Batch.durable();
    for (ChainStore.Row row : rows.values()) {
      if (reachable.contains(row.hash())) {
        ChainStore.putRow(batch, row);
      } else {
        ChainStore.removeEntry(batch, row.hash());
      }
    }
    ChainStore.putBlock(batch, genesis, genesis.hash());
    ChainStore.putTip(batch, genesis.hash());
    ChainStore.endReindexing(batch);
    store.write(batch);
  }

  private static ChainStore.Row row(Hash hash, ChainStore.Row old, long arrival, int transactions) {
    return new ChainStore.Row(hash, old.header(), arrival, transactions, false);
  }

  private static ChainStore.Row row(Hash hash, Block block, long arrival) {
    return new ChainStore.Row(hash, block.header(), arrival, block.transactions().size(), false);
  }

  /** Makes the row of a block; a block that is damaged goes, so that it may be given again. */
  private void look(Hash hash) {
    Block block = sound(hash);
    if (block == null) {
      Batch removal = Batch.buffered();
      ChainStore.removeBlock(removal, hash);
      store.write(removal);
      LOG.log(
          Level.WARNING,
          "{0}: block {1} was damaged and is gone",
          store.description(),
          Reversed.text(hash));
      return;
    }
    ChainStore.Row old = before.get(hash);
    long arrival = old == null || old.arrival() == 0 ? ++arrivals : old.arrival();
    rows.put(hash, row(hash, block, arrival));
  }

  private @Nullable Block sound(Hash hash) {
    try {
      Block block = store.block(hash);
      return block != null && hasItsBody(block) ? block : null;
    } catch (StoreException e) {
      return null;
    }
  }

  private static boolean hasItsBody(Block block) {
    MerkleRoot root = MerkleRoot.ofTransactions(block.transactions());
    return root.root().equals(block.header().merkleRoot());
  }

  /** What leads to the genesis; only a damaged database has anything else. */
  private Set<Hash> reachable() {
    Map<Hash, List<Hash>> children = new HashMap<>();
    for (ChainStore.Row row : rows.values()) {
      children.computeIfAbsent(row.header().previous(), _ -> new ArrayList<>()).add(row.hash());
    }
    Set<Hash> found = new HashSet<>();
    Deque<Hash> open = new ArrayDeque<>(List.of(genesis.hash()));
    while (!open.isEmpty()) {
      Hash hash = open.remove();
      if (found.add(hash)) {
        open.addAll(children.getOrDefault(hash, List.of()));
      }
    }
    return found;
  }
}
