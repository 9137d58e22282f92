package org.fondaco.chain.utxo.mempool;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that may be in the next blocks, by Bitcoin Core's rules of acceptance, replacement
 * and eviction. Follows the chain by itself. Safe for any thread; the lock of the chain is taken
 * before that of the pool.
 */
public final class Mempool {
  /** Until this much time has passed after an eviction, its rate halves. */
  private static final long RATE_HALF_LIFE_SECONDS = 12 * 3600;

  private final UtxoChain chain;
  private final MempoolPolicy policy;
  private final InstantSource clock;
  private final Relations relations = new Relations();
  private final Admission admission;
  private final FeeHistory feeHistory = new FeeHistory();
  private final ReentrantLock lock = new ReentrantLock();

  /** What disconnected blocks held, as the chain had it; under the chain's lock. */
  private final List<Transaction> returning = new ArrayList<>();

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private long bytes;
  private long fees;
  private long evictionRate;
  private long evictionSeconds;
  private long sequence;

  /** Hears of the pool's changes, under its lock; must be quick. */
  public interface Listener {
    void added(MempoolEntry entry, long sequence);

    /** Gone, and not into a block. */
    void removed(MempoolEntry entry, long sequence);
  }

  /** What became of a transaction. */
  public sealed interface Verdict {
    /** It is in the pool, or would be; these left for it. */
    record Accepted(MempoolEntry entry, List<MempoolEntry> replaced) implements Verdict {}

    /** It is not; Bitcoin Core's word for it, and whether inputs are missing. */
    record Refused(String reason, boolean inputsMissing) implements Verdict {}
  }

  /**
   * The pool in numbers.
   *
   * @param bytes sum of virtual sizes
   * @param fees in satoshi
   * @param minimumRate what a transaction must pay to come in now
   */
  public record Statistics(
      int count, long bytes, long fees, FeeRate minimumRate, MempoolPolicy policy) {}

  public Mempool(UtxoChain chain, MempoolPolicy policy, InstantSource clock) {
    this.chain = chain;
    this.policy = policy;
    this.clock = clock;
    admission = new Admission(chain, relations, policy, clock);
    chain.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            locked(() -> leaveFor(block, entry.height()));
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            returning.addAll(0, block.transactions());
          }

          @Override
          public void settled() {
            if (!returning.isEmpty()) {
              locked(() -> takeBack(List.copyOf(returning)));
              returning.clear();
            }
          }
        });
  }

  /** Takes a transaction, or says why not. */
  public Verdict accept(Transaction transaction) {
    return chain.still(() -> locked(() -> add(transaction)));
  }

  /** What {@link #accept} would say. */
  public Verdict test(Transaction transaction) {
    return chain.still(() -> locked(() -> admission.judge(transaction, minimumRate(), false)));
  }

  private Verdict add(Transaction transaction) {
    Verdict verdict = admission.judge(transaction, minimumRate(), false);
    if (verdict instanceof Verdict.Accepted accepted) {
      accepted.replaced().forEach(this::drop);
      keep(accepted.entry());
      trim();
      if (relations.find(transaction.txid()) == null) {
        return new Verdict.Refused("mempool full", false);
      }
    }
    return verdict;
  }

  private void keep(MempoolEntry entry) {
    if (relations.parents(entry.transaction()).isEmpty()) {
      feeHistory.entered(entry.txid());
    }
    relations.add(entry);
    bytes += entry.virtualSize();
    fees += entry.fee();
    sequence++;
    listeners.forEach(listener -> listener.added(entry, sequence));
  }

  private void drop(MempoolEntry entry) {
    feeHistory.left(entry.txid());
    forget(entry);
    sequence++;
    listeners.forEach(listener -> listener.removed(entry, sequence));
  }

  private void forget(MempoolEntry entry) {
    relations.remove(entry);
    bytes -= entry.virtualSize();
    fees -= entry.fee();
  }

  /** The cheapest packages go until the pool fits, and what they paid is the new minimum. */
  private void trim() {
    while (bytes > policy.bytesMax()) {
      Set<MempoolEntry> cheapest = Set.of();
      for (MempoolEntry entry : relations.all()) {
        Set<MempoolEntry> some = relations.withDescendants(entry);
        if (cheapest.isEmpty() || compareRates(some, cheapest) < 0) {
          cheapest = some;
        }
      }
      FeeRate rate = FeeRate.of(fees(cheapest), sizes(cheapest));
      evictionRate = rate.perKilobyte() + policy.replacementRate().perKilobyte();
      evictionSeconds = clock.instant().getEpochSecond();
      new ArrayList<>(cheapest).reversed().forEach(this::drop);
    }
  }

  private static int compareRates(Set<MempoolEntry> first, Set<MempoolEntry> second) {
    return FeeRate.compare(fees(first), sizes(first), fees(second), sizes(second));
  }

  static long fees(Set<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::fee).sum();
  }

  static long sizes(Set<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::virtualSize).sum();
  }

  private FeeRate minimumRate() {
    long passed = clock.instant().getEpochSecond() - evictionSeconds;
    long halvings = Math.min(passed / RATE_HALF_LIFE_SECONDS, Long.SIZE - 1);
    long rate = evictionRate >> halvings;
    return new FeeRate(Math.max(rate, policy.minimumRate().perKilobyte()));
  }

  // --- the chain moves ---

  private boolean leaveFor(Block block, int height) {
    for (Transaction transaction : block.transactions()) {
      MempoolEntry confirmed = relations.find(transaction.txid());
      if (confirmed != null) {
        feeHistory.confirmed(confirmed, height);
        forget(confirmed);
      }
      for (MempoolEntry conflict : relations.conflicts(transaction)) {
        relations.withDescendants(conflict).forEach(this::drop);
      }
    }
    feeHistory.blockEnded();
    return expire();
  }

  private boolean expire() {
    long oldest = clock.instant().getEpochSecond() - policy.expiry().toSeconds();
    List<MempoolEntry> old = new ArrayList<>();
    for (MempoolEntry entry : relations.all()) {
      if (entry.timeSeconds() >= oldest) {
        break; // they are in the order of arrival
      }
      old.add(entry);
    }
    for (MempoolEntry entry : old) {
      if (relations.find(entry.txid()) != null) {
        relations.withDescendants(entry).forEach(this::drop);
      }
    }
    return !old.isEmpty();
  }

  /** What blocks held comes back if it still may, and what no longer may goes. */
  private boolean takeBack(List<Transaction> transactions) {
    List<MempoolEntry> before = List.copyOf(relations.all());
    before.forEach(this::forget);
    for (Transaction transaction : transactions) {
      if (!transaction.isCoinbase() && rejoin(transaction)) {
        tellOfReturn(transaction);
      }
    }
    for (MempoolEntry entry : before) {
      if (!rejoin(entry.transaction())) {
        sequence++;
        listeners.forEach(listener -> listener.removed(entry, sequence));
      }
    }
    trim();
    return true;
  }

  private void tellOfReturn(Transaction transaction) {
    MempoolEntry entry = relations.find(transaction.txid());
    if (entry != null) {
      sequence++;
      listeners.forEach(listener -> listener.added(entry, sequence));
    }
  }

  private boolean rejoin(Transaction transaction) {
    Verdict verdict = admission.judge(transaction, new FeeRate(0), true);
    if (verdict instanceof Verdict.Accepted accepted && accepted.replaced().isEmpty()) {
      relations.add(accepted.entry());
      bytes += accepted.entry().virtualSize();
      fees += accepted.entry().fee();
      return true;
    }
    return false;
  }

  // --- what is asked ---

  public @Nullable MempoolEntry find(Hash txid) {
    lock.lock();
    try {
      return relations.find(txid);
    } finally {
      lock.unlock();
    }
  }

  /** Who in the pool spends an output. */
  public Optional<MempoolEntry> spender(OutPoint outPoint) {
    return locked(() -> Optional.ofNullable(relations.spender(outPoint)));
  }

  /** In the order of arrival; a copy. */
  public List<MempoolEntry> all() {
    return locked(() -> List.copyOf(relations.all()));
  }

  /** All in the pool that it spends, however far; without itself. */
  public Set<MempoolEntry> ancestors(MempoolEntry entry) {
    return locked(() -> relations.ancestors(entry.transaction()));
  }

  /** All in the pool that spend it, however far; without itself. */
  public Set<MempoolEntry> descendants(MempoolEntry entry) {
    return locked(() -> {
      Set<MempoolEntry> all = new LinkedHashSet<>(relations.withDescendants(entry));
      all.remove(entry);
      return all;
    });
  }

  /** Those whose outputs it spends. */
  public Set<MempoolEntry> parents(MempoolEntry entry) {
    return locked(() -> relations.parents(entry.transaction()));
  }

  /** Those that spend its outputs. */
  public Set<MempoolEntry> children(MempoolEntry entry) {
    return locked(() -> relations.children(entry));
  }

  public Statistics statistics() {
    return locked(() -> new Statistics(relations.all().size(), bytes, fees, minimumRate(), policy));
  }

  /** Counts every change; with it a list and the notifications after it fit together. */
  public long sequence() {
    return locked(() -> sequence);
  }

  /**
   * What to put into the next block, parents first.
   *
   * @param weightMax of all of them
   * @param operationsMax cost of signature operations of all of them
   */
  public List<MempoolEntry> select(long weightMax, long operationsMax) {
    return locked(() -> new BlockSelection(relations).select(weightMax, operationsMax));
  }

  /**
   * What transactions paid that were confirmed within so many blocks, and at least what the pool
   * asks; nothing where too few have been seen.
   *
   * @param blocks from 1
   */
  public Optional<FeeRate> rateForBlocks(int blocks) {
    int height = chain.tip().height();
    return locked(() -> {
      Optional<FeeRate> rate = feeHistory.estimate(blocks, relations.all(), height);
      long least = minimumRate().perKilobyte();
      return rate.map(each -> new FeeRate(Math.max(each.perKilobyte(), least)));
    });
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
