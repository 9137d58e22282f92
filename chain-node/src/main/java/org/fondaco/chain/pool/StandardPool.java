package org.fondaco.chain.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * The pool over one chain. One lock guards everything; signatures are recovered before it is taken
 * and listeners are called after it is released. A new head is followed on the thread that inserted
 * it, so that who sees the block sees the pool that goes with it.
 */
final class StandardPool implements TransactionPool {
  private static final System.Logger LOG = System.getLogger(StandardPool.class.getName());

  /** Geth: a deeper reorganisation is followed without taking its transactions back. */
  private static final int REINJECTED_BLOCKS_MAX = 64;

  private static final long EXPIRY_INTERVAL_SECONDS = 60;

  private final Blockchain chain;
  private final PoolSettings settings;
  private final InstantSource clock;
  private final @Nullable LocalJournal journal;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pool-", 0).daemon().factory());
  private final List<Consumer<Transaction>> listeners = new CopyOnWriteArrayList<>();

  private final Object lock = new Object();
  private final Content content = new Content();
  private Head head;
  private U256 priceLimit;
  private long beats;
  private boolean closed;

  StandardPool(Blockchain chain, PoolSettings settings, InstantSource clock) {
    this.chain = chain;
    this.settings = settings;
    this.clock = clock;
    priceLimit = settings.priceLimit();
    journal = settings.journal() == null ? null : new LocalJournal(settings.journal());
    head = headAt(chain.head());
    content.setBaseFee(head.baseFee());
  }

  /**
   * Follows the chain, reads the journal and lets time pass.
   *
   * @throws IOException if the journal can be neither read nor written
   */
  void start() throws IOException {
    chain.listen(this::follow);
    follow(List.of(), List.of()); // a block may have come since the constructor
    LocalJournal file = journal;
    if (file != null) {
      file.load().forEach(transaction -> add(transaction, true));
      rotate();
      long millis = settings.rejournal().toMillis();
      timer.scheduleWithFixedDelay(this::tryToRotate, millis, millis, TimeUnit.MILLISECONDS);
    }
    timer.scheduleWithFixedDelay(
        this::expire, EXPIRY_INTERVAL_SECONDS, EXPIRY_INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private Head headAt(BlockHeader header) {
    return new Head(chain, header, clock.instant().getEpochSecond());
  }

  // --- one transaction ---

  @Override
  public Admission add(Transaction transaction, boolean local) {
    Candidate candidate = Candidate.of(transaction);
    List<Pooled> promoted = new ArrayList<>();
    Admission admission;
    synchronized (lock) {
      admission = admit(candidate, local, promoted);
    }
    announce(promoted);
    return admission;
  }

  private void announce(List<Pooled> promoted) {
    for (Pooled entry : promoted) {
      listeners.forEach(listener -> listener.accept(entry.transaction()));
    }
  }

  private Admission admit(Candidate candidate, boolean local, List<Pooled> promoted) {
    if (closed) {
      return new Admission.Refused("the transaction pool is closed");
    }
    if (content.entry(candidate.hash()) != null) {
      return new Admission.Refused(EntryRules.ALREADY_KNOWN);
    }
    Address sender = candidate.sender();
    boolean exempt = local || sender != null && content.isLocal(sender);
    String refusal =
        EntryRules.refuse(
            candidate.transaction(), candidate.bytes(), sender, head, exempt ? null : priceLimit);
    if (refusal != null || sender == null) {
      return new Admission.Refused(Objects.requireNonNullElse(refusal, "invalid sender"));
    }
    Pooled entry = Pooled.of(candidate.transaction(), candidate.hash(), sender, candidate.bytes());
    refusal = refuseInPool(entry, exempt);
    return refusal != null ? new Admission.Refused(refusal) : place(entry, local, promoted);
  }

  /** Checks against state and pool; evicts what is cheaper when the pool is full. */
  private @Nullable String refuseInPool(Pooled entry, boolean exempt) {
    Waiting account = content.account(entry.sender());
    String refusal = EntryRules.refuseByState(entry, account, head);
    if (refusal != null) {
      return refusal;
    }
    Pooled before = account == null ? null : account.at(entry.nonce());
    if (before != null && !entry.outbids(before, settings.priceBumpPercent())) {
      return EntryRules.REPLACEMENT_UNDERPRICED;
    }
    int over = content.slots() + entry.slots() - settings.globalSlots() - settings.globalQueue();
    return over > 0 ? makeRoom(entry, over, exempt) : null;
  }

  private @Nullable String makeRoom(Pooled entry, int over, boolean exempt) {
    if (!exempt && content.undercuts(entry)) {
      return EntryRules.UNDERPRICED;
    }
    List<Pooled> victims = content.cheapest(over);
    if (victims == null) {
      return exempt ? null : EntryRules.FULL; // locals always find room
    }
    boolean gapped = Long.compareUnsigned(entry.nonce(), next(entry.sender())) > 0;
    if (gapped && victims.stream().anyMatch(content::isPending)) {
      return EntryRules.FUTURE_REPLACES_PENDING;
    }
    victims.forEach(content::remove);
    return null;
  }

  private long next(Address address) {
    Waiting account = content.account(address);
    return account == null ? head.account(address).nonce() : account.next();
  }

  private Admission place(Pooled entry, boolean local, List<Pooled> promoted) {
    if (local) {
      content.makeLocal(entry.sender());
    }
    Waiting known = content.account(entry.sender());
    Pooled before = known == null ? null : known.at(entry.nonce());
    boolean hadQueue = known != null && known.queued() > 0;
    List<Pooled> executable = content.put(entry, head.account(entry.sender()).nonce());
    Waiting account = Objects.requireNonNull(content.account(entry.sender()));
    if (!executable.isEmpty() || !hadQueue) {
      account.stir(++beats, clock.millis());
    }
    truncateQueue(account);
    truncate();
    if (!content.contains(entry)) {
      // Geth would call it accepted and forget it; here its sender hears.
      return new Admission.Refused(
          account.queued() >= settings.accountQueue()
              ? "account limit exceeded: pooled " + account.queued() + " txs"
              : EntryRules.FULL);
    }
    executable.stream().filter(content::contains).forEach(promoted::add);
    if (journal != null && content.isLocal(entry.sender())) {
      journal.append(entry.transaction());
    }
    return new Admission.Accepted(before == null ? null : before.hash());
  }

  // --- limits ---

  private void truncateQueue(Waiting account) {
    if (!content.isLocal(account.address())) {
      while (account.queued() > settings.accountQueue()) {
        content.remove(account.last());
      }
    }
  }

  /** Brings the global counts back within their limits; locals are left alone. */
  private void truncate() {
    while (content.pending() > settings.globalSlots()) {
      Waiting longest = content.longest(settings.accountSlots());
      if (longest == null) {
        break;
      }
      content.remove(longest.lastPending());
      truncateQueue(longest);
    }
    if (content.queued() > settings.globalQueue()) {
      for (Waiting account : content.remotesWithQueue()) {
        while (account.queued() > 0 && content.queued() > settings.globalQueue()) {
          content.remove(account.last());
        }
      }
    }
  }

  /** Drops the queues of remote accounts that gave no sign of life for a lifetime. */
  void expire() {
    synchronized (lock) {
      long oldest = clock.millis() - settings.lifetime().toMillis();
      for (Waiting account : content.remotesWithQueue()) {
        if (account.beatMillis() < oldest) {
          List.copyOf(account.queuedByNonce().values()).forEach(content::remove);
        }
      }
    }
  }

  // --- the chain ---

  private void follow(List<Block> removed, List<Block> added) {
    List<Pooled> promoted = new ArrayList<>();
    BlockHeader header = added.isEmpty() ? chain.head() : added.getLast().header();
    List<Candidate> again =
        removed.size() <= REINJECTED_BLOCKS_MAX ? Candidate.offTheChain(removed, added) : List.of();
    synchronized (lock) {
      moveTo(header, promoted);
      again.forEach(candidate -> admit(candidate, false, promoted));
      content.accounts().forEach(this::truncateQueue);
      truncate();
      promoted.removeIf(entry -> !content.contains(entry));
    }
    announce(promoted);
  }

  private void moveTo(BlockHeader header, List<Pooled> promoted) {
    U256 feeBefore = head.baseFee();
    head = headAt(header);
    if (!Objects.equals(feeBefore, head.baseFee())) {
      content.setBaseFee(head.baseFee());
    }
    List<Waiting> accounts = new ArrayList<>(content.accounts());
    accounts.sort(Comparator.comparing(Waiting::address)); // the same order on every run
    for (Waiting account : accounts) {
      StoredAccount state = head.account(account.address());
      BigInteger balance = state.balance().toBigInteger();
      Waiting.Rebased rebased =
          content.rebase(account, state.nonce(), entry -> isImpossible(entry, balance));
      if (!rebased.promoted().isEmpty()) {
        account.stir(++beats, clock.millis());
        promoted.addAll(rebased.promoted());
      }
    }
  }

  private boolean isImpossible(Pooled entry, BigInteger balance) {
    return entry.cost().compareTo(balance) > 0
        || Long.compareUnsigned(entry.transaction().gasLimit(), head.gasLimit()) > 0;
  }

  // --- what others ask ---

  @Override
  public @Nullable Transaction transaction(Hash hash) {
    synchronized (lock) {
      Pooled entry = content.entry(hash);
      return entry == null ? null : entry.transaction();
    }
  }

  @Override
  public long nonce(Address account) {
    synchronized (lock) {
      return next(account);
    }
  }

  @Override
  public Map<Address, SortedMap<Long, Transaction>> pending() {
    return byAccount(Waiting::pendingByNonce);
  }

  @Override
  public Map<Address, SortedMap<Long, Transaction>> queued() {
    return byAccount(Waiting::queuedByNonce);
  }

  private Map<Address, SortedMap<Long, Transaction>> byAccount(
      Function<Waiting, SortedMap<Long, Pooled>> part) {
    Map<Address, SortedMap<Long, Transaction>> result = new TreeMap<>();
    synchronized (lock) {
      for (Waiting account : content.accounts()) {
        SortedMap<Long, Transaction> transactions = new TreeMap<>(Long::compareUnsigned);
        part.apply(account).forEach((nonce, entry) -> transactions.put(nonce, entry.transaction()));
        if (!transactions.isEmpty()) {
          result.put(account.address(), transactions);
        }
      }
    }
    return result;
  }

  @Override
  public List<Executable> byPrice(@Nullable U256 baseFee) {
    synchronized (lock) {
      return PriceOrder.merge(content.accounts(), baseFee);
    }
  }

  @Override
  public Status status() {
    synchronized (lock) {
      return new Status(content.pending(), content.queued());
    }
  }

  @Override
  public long version() {
    synchronized (lock) {
      return content.version();
    }
  }

  @Override
  public void listen(Consumer<Transaction> listener) {
    listeners.add(listener);
  }

  @Override
  public void setPriceLimit(U256 wei) {
    synchronized (lock) {
      priceLimit = wei;
      content.below(wei).forEach(content::remove);
    }
  }

  // --- journal and end ---

  private void tryToRotate() {
    try {
      rotate();
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.ERROR, "the pool's journal", e);
    }
  }

  /** Writes the journal anew, without what has been mined. */
  void rotate() {
    LocalJournal file = journal;
    if (file == null) {
      return;
    }
    synchronized (lock) {
      if (!closed) {
        file.rotate(
            content.accounts().stream()
                .filter(account -> content.isLocal(account.address()))
                .sorted(Comparator.comparing(Waiting::address))
                .flatMap(account -> account.all().stream())
                .map(Pooled::transaction)
                .toList());
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (lock) {
      closed = true;
      if (journal != null) {
        try {
          journal.close();
        } catch (IOException e) {
          LOG.log(System.Logger.Level.WARNING, "the pool's journal", e);
        }
      }
    }
  }
}
