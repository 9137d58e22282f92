package org.fondaco.chain.utxo.chain;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.consensus.UnspentOutputs;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A UTXO chain: all blocks that this node knows, the line of most work among them that keeps every
 * rule, and what is unspent after its last block. Every change of the tip is one batch on disk, so
 * that a kill -9 leaves the chain before or after it. Safe for any thread; readers wait while a
 * block is connected.
 */
public final class UtxoChain implements UnspentOutputs, AutoCloseable {
  private final Consensus consensus;
  private final ChainStore store;
  private final ActiveChain active;
  private final ScriptChecks scripts;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private UtxoChain(Consensus consensus, ChainStore store, InstantSource clock) {
    this.consensus = consensus;
    this.store = store;
    scripts = new ScriptChecks(consensus);
    active = new ActiveChain(consensus, store, scripts, clock);
  }

  /**
   * Opens the chain of a store; an empty store begins with the genesis. The chain owns the store.
   *
   * @throws org.fondaco.chain.store.StoreException if the store is another network's or damaged
   */
  public static UtxoChain open(KeyValueStore store, Consensus consensus, InstantSource clock) {
    return open(store, consensus, clock, false);
  }

  /**
   * Opens the chain of a store.
   *
   * @param reindex whether to make everything but the blocks again from the blocks; a process that
   *     dies meanwhile leaves a store whose next opening goes on
   * @throws org.fondaco.chain.store.StoreException if the store is another network's or damaged
   */
  public static UtxoChain open(
      KeyValueStore store, Consensus consensus, InstantSource clock, boolean reindex) {
    ChainStore chainStore = new ChainStore(store, consensus.hasWitness());
    chainStore.identify(consensus.coin() + " " + consensus.name());
    if (reindex) {
      chainStore.beginReindexing();
    }
    UtxoChain chain = new UtxoChain(consensus, chainStore, clock);
    chain.active.load();
    return chain;
  }

  /** What became of a block: Bitcoin Core's answers to submitblock. */
  public sealed interface Acceptance {
    /** It is on the chain. */
    record Connected() implements Acceptance {}

    /** Kept beside the chain: another line has more work, or as much and was first. */
    record Beside() implements Acceptance {}

    /** It was here. */
    record Duplicate() implements Acceptance {}

    /** Its parent is not here; it is not kept. */
    record Orphan() implements Acceptance {}

    /** It breaks a rule; Bitcoin Core's word for it. */
    record Invalid(String reason) implements Acceptance {}
  }

  /** Where the chain holds a transaction. */
  public record Place(Hash block, int position) {}

  /** Hears of every change of the chain, under its lock, in order; must be quick. */
  public interface Listener {
    /** A block is the tip now. */
    void connected(BlockEntry entry, Block block);

    /** A block was the tip and is on the chain no more. */
    void disconnected(BlockEntry entry, Block block);

    /** The steps before belong together and are over; does nothing unless somebody cares. */
    default void settled() {}
  }

  public Consensus consensus() {
    return consensus;
  }

  /** Shared with the pool, whose checks are not repeated when a block comes. */
  public ScriptChecks scripts() {
    return scripts;
  }

  public BlockEntry tip() {
    return read(active::tip);
  }

  /** The header of most work that is not known to be wrong. */
  public BlockEntry bestHeader() {
    return read(active::bestHeader);
  }

  public @Nullable BlockEntry entry(Hash hash) {
    return lockedRead(() -> active.entry(hash));
  }

  /** The chain's block at a height; null above the tip. */
  public @Nullable BlockEntry at(int height) {
    return lockedRead(() -> active.at(height));
  }

  public boolean isOnChain(BlockEntry entry) {
    return entry == at(entry.height());
  }

  /** Tips of all lines, that of the chain too. */
  public List<BlockEntry> tips() {
    return read(active::tips);
  }

  public @Nullable Block block(Hash hash) {
    return store.block(hash);
  }

  /** What a block of the chain spent; null if it is beside the chain. */
  public @Nullable Undo undo(Hash hash) {
    return store.undo(hash);
  }

  public @Nullable Place place(Hash txid) {
    return lockedRead(() -> store.place(txid));
  }

  @Override
  public @Nullable UnspentOutput find(OutPoint outPoint) {
    return lockedRead(() -> store.find(outPoint));
  }

  /** Visits what is unspent after one tip; the chain stands still meanwhile. */
  public void eachUnspent(java.util.function.BiConsumer<OutPoint, UnspentOutput> visitor) {
    lock.readLock().lock();
    try {
      store.eachUnspent((outPoint, unspent) -> {
        visitor.accept(outPoint, unspent);
        return true;
      });
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts all unspent outputs; the chain stands still meanwhile. */
  public UnspentStatistics statistics() {
    return statistics(false);
  }

  /**
   * Counts all unspent outputs; the chain stands still meanwhile.
   *
   * @param muHash whether to hash them as a set, which is slower
   */
  public UnspentStatistics statistics(boolean muHash) {
    return read(() -> {
      UnspentStatistics.Count count = new UnspentStatistics.Count(muHash);
      store.eachUnspent(count);
      return count.at(active.tip());
    });
  }

  /** Checks a block, keeps it, and puts it onto the chain if its line has the most work. */
  public Acceptance accept(Block block) {
    return write(() -> active.accept(block));
  }

  /** Checks a header and keeps it; blocks may follow. */
  public Acceptance accept(BlockHeader header) {
    return write(() -> active.accept(header));
  }

  /** What is wrong with a block on the tip, its work apart; null if nothing. */
  public @Nullable String test(Block block) {
    return lockedRead(() -> active.test(block));
  }

  /** Takes a block and all after it for invalid, whatever they are. */
  public void invalidate(BlockEntry entry) {
    boolean done = write(() -> active.invalidate(entry));
    if (!done) {
      throw new IllegalArgumentException("the genesis cannot be invalid");
    }
  }

  /** Forgets that a block, those before it and those after it were called invalid. */
  public void reconsider(BlockEntry entry) {
    boolean unused = write(() -> active.reconsider(entry));
  }

  /** Runs an action while the chain stands still; whatever it reads is of one tip. */
  public <T> T still(Supplier<T> action) {
    return read(action);
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  private <T> T write(Supplier<T> action) {
    lock.writeLock().lock();
    try {
      List<ActiveChain.Step> steps = new ArrayList<>();
      active.record(steps::add);
      try {
        return action.get();
      } finally {
        tell(steps); // what happened before the disk failed has happened
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void tell(List<ActiveChain.Step> steps) {
    for (ActiveChain.Step step : steps) {
      for (Listener listener : listeners) {
        if (step.connected()) {
          listener.connected(step.entry(), step.block());
        } else {
          listener.disconnected(step.entry(), step.block());
        }
      }
    }
    if (!steps.isEmpty()) {
      listeners.forEach(Listener::settled);
    }
  }

  private <T> T read(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private <T> @Nullable T lockedRead(Supplier<@Nullable T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      store.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
