package org.fondaco.chain.utxo.wallet;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the wallet's coins. It is read from the chain, block by block from the last one
 * known, whenever somebody asks; a reorganisation is walked back first. Under the lock of the
 * wallet, while the chain stands still.
 */
final class WalletHistory {
  private final UtxoChain chain;
  private final Mempool pool;
  private final InstantSource clock;
  private final WalletKeys keys;
  private final Map<Hash, Entry> entries = new LinkedHashMap<>();
  private final Map<OutPoint, Coin> coins = new LinkedHashMap<>();
  private final Map<OutPoint, Set<Hash>> spenders = new HashMap<>();
  private final Set<Hash> waiting = new LinkedHashSet<>();
  private @Nullable BlockEntry scanned;
  private Set<Hash> seen = Set.of();
  private long seenSequence = -1;

  WalletHistory(UtxoChain chain, Mempool pool, InstantSource clock, WalletKeys keys) {
    this.chain = chain;
    this.pool = pool;
    this.clock = clock;
    this.keys = keys;
  }

  /** Reads what is new on the chain and in the pool. */
  void catchUp() {
    BlockEntry at = scanned;
    boolean moved = at != chain.tip();
    while (at != null && !chain.isOnChain(at)) {
      disconnect(at);
      at = at.parent();
    }
    for (int height = at == null ? 0 : at.height() + 1; height <= chain.tip().height(); height++) {
      BlockEntry next = chain.at(height);
      Block block = next == null ? null : chain.block(next.hash());
      if (next == null || block == null) {
        break;
      }
      connect(next, block);
      at = next;
    }
    scanned = at;
    if (moved || seenSequence != pool.sequence()) {
      readPool();
    }
  }

  /** Reads the whole chain again, for keys that are new. */
  void forget() {
    entries.values().forEach(Entry::unconfirmed);
    coins.clear();
    spenders.clear();
    waiting.clear();
    List<Entry> kept = new ArrayList<>(entries.values());
    entries.clear();
    kept.stream().filter(Entry::isMade).forEach(this::put);
    scanned = null;
    seen = Set.of();
    seenSequence = -1;
  }

  private void connect(BlockEntry at, Block block) {
    for (int i = 0; i < block.transactions().size(); i++) {
      Transaction transaction = block.transactions().get(i);
      Entry entry = entries.get(transaction.txid());
      if (entry == null && isRelevant(transaction)) {
        entry = new Entry(transaction, at.header().time(), false);
        put(entry);
      }
      if (entry != null) {
        entry.confirmed(at, i);
        waiting.remove(transaction.txid());
      }
    }
  }

  private void disconnect(BlockEntry at) {
    for (Map.Entry<Hash, Entry> each : entries.entrySet()) {
      if (each.getValue().block() == at) {
        each.getValue().unconfirmed();
        waiting.add(each.getKey());
      }
    }
  }

  /** What came into the pool, and what left it without a block. */
  private void readPool() {
    seenSequence = pool.sequence();
    Set<Hash> now = new HashSet<>();
    for (MempoolEntry each : pool.all()) {
      Hash txid = each.txid();
      now.add(txid);
      if (!seen.contains(txid) && !entries.containsKey(txid) && isRelevant(each.transaction())) {
        put(new Entry(each.transaction(), each.timeSeconds(), false));
      }
    }
    seen = now;
    for (Hash txid : List.copyOf(waiting)) {
      Entry entry = entries.get(txid);
      if (entry != null
          && !now.contains(txid)
          && !entry.isMade()
          && !entry.transaction().isCoinbase()) {
        remove(entry);
      }
    }
  }

  private boolean isRelevant(Transaction transaction) {
    for (Output output : transaction.outputs()) {
      if (keys.find(output.script()) != null) {
        return true;
      }
    }
    for (Input input : transaction.inputs()) {
      if (coins.containsKey(input.outPoint())) {
        return true;
      }
    }
    return false;
  }

  /** Takes a transaction that this wallet made, or one that is its own for another reason. */
  void put(Entry entry) {
    Transaction transaction = entry.transaction();
    Hash txid = transaction.txid();
    entries.put(txid, entry);
    waiting.add(txid);
    for (int i = 0; i < transaction.outputs().size(); i++) {
      Output output = transaction.outputs().get(i);
      Owned owned = keys.find(output.script());
      if (owned != null) {
        OutPoint outPoint = new OutPoint(txid, i);
        coins.put(outPoint, new Coin(outPoint, output, entry, owned));
        keys.used(owned);
      }
    }
    for (Input input : transaction.inputs()) {
      spenders.computeIfAbsent(input.outPoint(), _ -> new LinkedHashSet<>()).add(txid);
    }
  }

  private void remove(Entry entry) {
    Hash txid = entry.transaction().txid();
    entries.remove(txid);
    waiting.remove(txid);
    for (int i = 0; i < entry.transaction().outputs().size(); i++) {
      coins.remove(new OutPoint(txid, i));
    }
    for (Input input : entry.transaction().inputs()) {
      Set<Hash> all = spenders.get(input.outPoint());
      if (all != null) {
        all.remove(txid);
      }
    }
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  @Nullable Entry find(Hash txid) {
    return entries.get(txid);
  }

  Collection<Coin> coins() {
    return coins.values();
  }

  @Nullable Coin coin(OutPoint outPoint) {
    return coins.get(outPoint);
  }

  /** Made here and in no block: to be sent again. */
  List<Transaction> unsent() {
    List<Transaction> unsent = new ArrayList<>();
    for (Hash txid : waiting) {
      Entry entry = entries.get(txid);
      if (entry != null && entry.isMade() && pool.find(txid) == null) {
        unsent.add(entry.transaction());
      }
    }
    return unsent;
  }

  long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  BlockEntry tip() {
    BlockEntry at = scanned;
    return at == null ? chain.tip() : at;
  }

  // --- what is asked ---

  boolean isWaiting(Entry entry) {
    return entry.block() == null && pool.find(entry.transaction().txid()) != null;
  }

  /** Whether a transaction that is in a block or in the pool spends it. */
  boolean isSpent(OutPoint outPoint) {
    for (Hash txid : spenders.getOrDefault(outPoint, Set.of())) {
      Entry spender = entries.get(txid);
      if (spender != null && (spender.block() != null || isWaiting(spender))) {
        return true;
      }
    }
    return pool.spender(outPoint).isPresent();
  }

  /** Those that spend an output, in blocks or not. */
  Set<Hash> spenders(OutPoint outPoint) {
    return spenders.getOrDefault(outPoint, Set.of());
  }

  /**
   * Blocks on it and its own; 0 while it waits; negative if another one that spends the same is so
   * deep.
   */
  int depth(Entry entry) {
    BlockEntry block = entry.block();
    if (block != null) {
      return tip().height() - block.height() + 1;
    }
    int deepest = 0;
    for (Input input : entry.transaction().inputs()) {
      for (Hash txid : spenders(input.outPoint())) {
        Entry other = entries.get(txid);
        if (other != null && other != entry && other.block() != null) {
          deepest = Math.max(deepest, depth(other));
        }
      }
    }
    return -deepest;
  }

  /** Blocks that are missing before a coinbase may be spent, as Bitcoin Core's wallet counts. */
  int blocksToMaturity(Entry entry) {
    return entry.transaction().isCoinbase()
        ? Math.max(
            0,
            org.fondaco.chain.utxo.consensus.Consensus.COINBASE_MATURITY_BLOCKS + 1 - depth(entry))
        : 0;
  }

  /** In a block, or made of what is trusted by this wallet alone and in the pool. */
  boolean isTrusted(Entry entry) {
    if (entry.block() != null) {
      return true;
    }
    if (!isWaiting(entry)) {
      return false;
    }
    for (Input input : entry.transaction().inputs()) {
      Coin spent = coins.get(input.outPoint());
      if (spent == null || !isTrusted(spent.entry())) {
        return false;
      }
    }
    return true;
  }

  /** What it takes from the wallet, in satoshi. */
  long debit(Entry entry) {
    long sum = 0;
    for (Input input : entry.transaction().inputs()) {
      Coin coin = coins.get(input.outPoint());
      sum += coin == null ? 0 : coin.value();
    }
    return sum;
  }

  /** What it pays to the wallet, in satoshi. */
  long credit(Entry entry) {
    long sum = 0;
    for (Output output : entry.transaction().outputs()) {
      sum += keys.find(output.script()) == null ? 0 : output.value();
    }
    return sum;
  }
}
