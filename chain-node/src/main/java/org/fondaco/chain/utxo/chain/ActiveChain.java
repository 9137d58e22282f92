package org.fondaco.chain.utxo.chain;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.BlockRules;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The tree of headers and the line through it that counts. Bitcoin Core's chain state: candidates
 * are tried by work, then by arrival, until one holds. The caller holds the lock.
 */
final class ActiveChain {
  /** A change of the tip that happened. */
  record Step(boolean connected, BlockEntry entry, Block block) {}

  private final Consensus consensus;
  private final ChainStore store;
  private final ScriptChecks scripts;
  private final InstantSource clock;
  private final BlockRules rules;

  private final HeaderTree tree;
  private final List<BlockEntry> line = new ArrayList<>();

  /** Blocks with bytes all the way down that may be tips; the best is the last. */
  private final TreeSet<BlockEntry> candidates = new TreeSet<>(ActiveChain::compare);

  private Consumer<Step> steps = _ -> {};

  ActiveChain(Consensus consensus, ChainStore store, ScriptChecks scripts, InstantSource clock) {
    this.consensus = consensus;
    this.store = store;
    this.scripts = scripts;
    this.clock = clock;
    rules = new BlockRules(consensus);
    tree = new HeaderTree(consensus.genesis().hash());
  }

  /** More work is better, of equals what came first. */
  private static int compare(BlockEntry first, BlockEntry second) {
    int order = first.chainWork().compareTo(second.chainWork());
    return order != 0 ? order : Long.compare(second.arrival(), first.arrival());
  }

  /** Where the steps that follow are told. */
  void record(Consumer<Step> target) {
    steps = target;
  }

  // --- start ---

  void load() {
    if (store.isReindexing()) {
      new Reindex(store, consensus.genesis()).run();
    }
    Map<Hash, ChainStore.Row> rows = new HashMap<>();
    store.eachEntry(row -> rows.put(row.hash(), row));
    Hash genesis = consensus.genesis().hash();
    Hash tip = store.tip();
    if (rows.isEmpty() && tip == null) {
      begin();
      return;
    }
    if (tip == null || !rows.containsKey(genesis)) {
      throw truncated("no tip or no genesis");
    }
    tree.load(rows);
    BlockEntry last = tree.find(tip);
    if (last == null) {
      throw truncated("a tip that it does not know");
    }
    for (int height = 0; height <= last.height(); height++) {
      line.add(last.ancestor(height));
    }
    tree.all().forEach(this::consider);
    // What a crash left between keeping a block and connecting it.
    settle();
  }

  private StoreException truncated(String has) {
    return new StoreException(
        store.description() + " has " + has + ": it is truncated; --reindex makes it again");
  }

  /** The genesis is the chain of an empty store; no one can spend its output. */
  private void begin() {
    Block genesis = consensus.genesis();
    BlockEntry entry = new BlockEntry(genesis.hash(), genesis.header(), null);
    entry.arrived(tree.nextArrival(), 1);
    tree.insert(entry);
    line.add(entry);
    candidates.add(entry);
    Batch batch = Batch.durable();
    ChainStore.putBlock(batch, genesis, entry.hash());
    ChainStore.putEntry(batch, entry);
    ChainStore.putTip(batch, entry.hash());
    store.write(batch);
  }

  // --- what is asked ---

  BlockEntry tip() {
    return line.getLast();
  }

  @Nullable BlockEntry at(int height) {
    return height < 0 || height >= line.size() ? null : line.get(height);
  }

  @Nullable BlockEntry entry(Hash hash) {
    return tree.find(hash);
  }

  BlockEntry bestHeader() {
    BlockEntry best = tip();
    for (BlockEntry entry : tree.all()) {
      if (!entry.isFailed() && entry.chainWork().compareTo(best.chainWork()) > 0) {
        best = entry;
      }
    }
    return best;
  }

  List<BlockEntry> tips() {
    return tree.all().stream()
        .filter(entry -> entry == tip() || tree.isLeaf(entry))
        .sorted(Comparator.comparingInt(BlockEntry::height).reversed())
        .toList();
  }

  // --- what comes ---

  Acceptance accept(BlockHeader header) {
    Hash hash = header.hash();
    BlockEntry known = tree.find(hash);
    if (known != null) {
      return known.isFailed()
          ? new Acceptance.Invalid("duplicate-invalid")
          : new Acceptance.Duplicate();
    }
    Acceptance refused = refuse(header);
    if (refused != null) {
      return refused;
    }
    BlockEntry entry = new BlockEntry(hash, header, tree.find(header.previous()));
    tree.insert(entry);
    Batch batch = Batch.buffered();
    ChainStore.putEntry(batch, entry);
    store.write(batch);
    return new Acceptance.Beside();
  }

  /** Why a header is not kept; null if it is. */
  private @Nullable Acceptance refuse(BlockHeader header) {
    String reason = rules.checkWork(header);
    if (reason != null) {
      return new Acceptance.Invalid(reason);
    }
    BlockEntry parent = tree.find(header.previous());
    if (parent == null) {
      return new Acceptance.Orphan();
    }
    if (parent.isFailed()) {
      return new Acceptance.Invalid("bad-prevblk");
    }
    reason = rules.checkHeader(header, parent, clock.instant().getEpochSecond());
    return reason == null ? null : new Acceptance.Invalid(reason);
  }

  Acceptance accept(Block block) {
    Hash hash = block.hash();
    BlockEntry entry = tree.find(hash);
    if (entry != null && entry.hasBlock()) {
      return entry.isFailed()
          ? new Acceptance.Invalid("duplicate-invalid")
          : new Acceptance.Duplicate();
    }
    // A block whose body was changed has the hash of the good one: only the work makes it known.
    String reason = rules.checkWork(block.header());
    reason = reason == null ? rules.check(block) : reason;
    if (reason != null) {
      return new Acceptance.Invalid(reason);
    }
    Acceptance header = accept(block.header());
    switch (header) {
      case Acceptance.Invalid invalid -> {
        return invalid;
      }
      case Acceptance.Orphan orphan -> {
        return orphan;
      }
      case Acceptance.Beside _, Acceptance.Duplicate _, Acceptance.Connected _ -> {}
    }
    entry = known(hash);
    reason = rules.checkInContext(block, BlockEntry.parentOf(entry));
    if (reason != null) {
      if (!isMutation(reason)) {
        fail(entry);
      }
      return new Acceptance.Invalid(reason);
    }
    return keep(block, entry);
  }

  /** Whether the header may belong to a good block all the same. */
  private static boolean isMutation(String reason) {
    return reason.startsWith("bad-witness") || reason.equals("unexpected-witness");
  }

  private Acceptance keep(Block block, BlockEntry entry) {
    entry.arrived(tree.nextArrival(), block.transactions().size());
    Batch batch = Batch.buffered();
    ChainStore.putBlock(batch, block, entry.hash());
    ChainStore.putEntry(batch, entry);
    store.write(batch);
    tree.withDescendants(entry).forEach(this::consider);
    Map<BlockEntry, String> wrong = settle();
    String reason = wrong.get(entry);
    if (reason != null) {
      return new Acceptance.Invalid(reason);
    }
    return at(entry.height()) == entry ? new Acceptance.Connected() : new Acceptance.Beside();
  }

  private BlockEntry known(Hash hash) {
    BlockEntry entry = tree.find(hash);
    if (entry == null) {
      throw new IllegalStateException("an entry that was just made is gone");
    }
    return entry;
  }

  @Nullable String test(Block block) {
    BlockEntry tip = tip();
    if (!block.header().previous().equals(tip.hash())) {
      return "inconclusive-not-best-prevblk";
    }
    String reason = rules.checkHeader(block.header(), tip, clock.instant().getEpochSecond());
    reason = reason == null ? rules.check(block) : reason;
    reason = reason == null ? rules.checkInContext(block, tip) : reason;
    return reason == null
        ? new BlockConnection(consensus, scripts, tip, store).connect(block)
        : reason;
  }

  // --- which line counts ---

  /** Adds an entry to the candidates if it may be the tip. */
  private void consider(BlockEntry entry) {
    for (BlockEntry at = entry; at != null && !isOnLine(at); at = at.parent()) {
      if (!at.hasBlock() || at.isFailed()) {
        return;
      }
    }
    if (!entry.isFailed() && entry.hasBlock()) {
      candidates.add(entry);
    }
  }

  private boolean isOnLine(BlockEntry entry) {
    return at(entry.height()) == entry;
  }

  /** Makes the best candidate the tip; what turns out wrong on the way is told. */
  private Map<BlockEntry, String> settle() {
    Map<BlockEntry, String> wrong = new HashMap<>();
    while (true) {
      BlockEntry best = candidates.last();
      if (best == tip()) {
        dropLesser();
        return wrong;
      }
      BlockEntry fork = BlockEntry.fork(best, tip());
      while (tip() != fork) {
        disconnect();
      }
      for (int height = fork.height() + 1; height <= best.height(); height++) {
        BlockEntry next = best.ancestor(height);
        String reason = connect(next);
        if (reason != null) {
          wrong.put(next, reason);
          fail(next);
          break;
        }
      }
    }
  }

  /** Candidates with less work than the tip come again only if the tip fails. */
  private void dropLesser() {
    BlockEntry tip = tip();
    candidates.removeIf(entry -> entry.chainWork().compareTo(tip.chainWork()) < 0);
    candidates.add(tip);
  }

  private @Nullable String connect(BlockEntry entry) {
    Block block = stored(entry);
    BlockConnection connection = new BlockConnection(consensus, scripts, tip(), store);
    String reason = connection.connect(block);
    if (reason != null) {
      return reason;
    }
    Batch batch = Batch.durable();
    ChainStore.putChanges(batch, connection.changes());
    ChainStore.putUndo(batch, entry.hash(), connection.undo());
    ChainStore.putPlaces(batch, block, entry.hash());
    ChainStore.putTip(batch, entry.hash());
    store.write(batch);
    line.add(entry);
    steps.accept(new Step(true, entry, block));
    return null;
  }

  private void disconnect() {
    BlockEntry entry = tip();
    Block block = stored(entry);
    Undo undo = store.undo(entry.hash());
    if (undo == null) {
      throw truncated("not what block " + entry + " spent");
    }
    Changes changes = new Changes(store);
    changes.undo(block.transactions(), undo);
    Batch batch = Batch.durable();
    ChainStore.putChanges(batch, changes);
    ChainStore.removePlaces(batch, block);
    ChainStore.putTip(batch, BlockEntry.parentOf(entry).hash());
    store.write(batch);
    line.removeLast();
    steps.accept(new Step(false, entry, block));
  }

  private Block stored(BlockEntry entry) {
    Block block = store.block(entry.hash());
    if (block == null) {
      throw truncated("no block " + entry);
    }
    return block;
  }

  // --- what is wrong ---

  /** Marks an entry and all that build on it. */
  private void fail(BlockEntry entry) {
    Batch batch = Batch.durable();
    for (BlockEntry each : tree.withDescendants(entry)) {
      each.setFailed(true);
      candidates.remove(each);
      ChainStore.putEntry(batch, each);
    }
    store.write(batch);
    // Lines that were given up for this one may be the best again.
    tree.all().forEach(this::consider);
  }

  boolean invalidate(BlockEntry entry) {
    if (entry.height() == 0) {
      return false;
    }
    while (isOnLine(entry)) {
      disconnect();
    }
    fail(entry);
    settle();
    return true;
  }

  boolean reconsider(BlockEntry entry) {
    Batch batch = Batch.durable();
    List<BlockEntry> related = tree.withDescendants(entry);
    for (BlockEntry at = entry.parent(); at != null && at.isFailed(); at = at.parent()) {
      related.add(at);
    }
    for (BlockEntry each : related) {
      each.setFailed(false);
      ChainStore.putEntry(batch, each);
    }
    store.write(batch);
    tree.all().forEach(this::consider);
    settle();
    return true;
  }
}
