package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.fondaco.engine.protocol.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * The shards and symbols, and which of them the writer holds. It takes the lock of a shard or
 * symbol when the group first touches it and gives all back after the group's last event: a reader,
 * who holds one lock at a time, sees the whole group or nothing of it, and nobody can deadlock.
 */
final class GroupLocks {

  /** Power of two; many more than cores, so that a reader of one account seldom delays another. */
  private static final int SHARDS = 256;

  private final AccountShard[] shards = new AccountShard[SHARDS];
  private final ConcurrentMap<Integer, SymbolBook> publishedSymbols = new ConcurrentHashMap<>();
  private final Int2ObjectHashMap<SymbolBook> symbols = new Int2ObjectHashMap<>();
  private final List<AccountShard> heldShards = new ArrayList<>();
  private final List<SymbolBook> heldSymbols = new ArrayList<>();
  private final int tradesPerSymbolMax;
  private long groupSequence;

  GroupLocks(int tradesPerSymbolMax) {
    this.tradesPerSymbolMax = tradesPerSymbolMax;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new AccountShard();
    }
  }

  /** For the writer: what it locks from now on belongs to this group. */
  void begin(long sequence) {
    groupSequence = sequence;
  }

  /** For readers, who lock it themselves. */
  AccountShard shardOf(long account) {
    return shards[(int) ((account * 0x9E3779B97F4A7C15L) >>> 40) & (SHARDS - 1)];
  }

  /** For readers, who lock it themselves; null = no such symbol. */
  @Nullable SymbolBook symbolOf(int id) {
    return publishedSymbols.get(id);
  }

  /** For the writer: the account's shard, locked until {@link #release}. */
  AccountShard shard(long account) {
    AccountShard shard = shardOf(account);
    if (!shard.lockedByWriter) {
      shard.lock.lock();
      shard.lockedByWriter = true;
      shard.sequence = groupSequence;
      heldShards.add(shard);
    }
    return shard;
  }

  /**
   * For the writer: the symbol, locked until {@link #release}.
   *
   * @throws IllegalStateException when it was never announced
   */
  SymbolBook symbol(int id) {
    SymbolBook book = symbols.get(id);
    if (book == null) {
      throw new IllegalStateException("event for unknown symbol " + id);
    }
    if (!book.lockedByWriter) {
      book.lock.lock();
      book.lockedByWriter = true;
      heldSymbols.add(book);
    }
    return book;
  }

  void announce(EngineEvent.SymbolChanged symbol) {
    if (!symbols.containsKey(symbol.symbol())) {
      SymbolBook book = new SymbolBook(symbol.baseAsset(), symbol.quoteAsset(), tradesPerSymbolMax);
      symbols.put(symbol.symbol(), book);
      publishedSymbols.put(symbol.symbol(), book);
    }
  }

  void release() {
    for (int i = 0; i < heldShards.size(); i++) {
      AccountShard shard = heldShards.get(i);
      shard.lockedByWriter = false;
      shard.lock.unlock();
    }
    heldShards.clear();
    for (int i = 0; i < heldSymbols.size(); i++) {
      SymbolBook book = heldSymbols.get(i);
      book.lockedByWriter = false;
      book.lock.unlock();
    }
    heldSymbols.clear();
  }
}
