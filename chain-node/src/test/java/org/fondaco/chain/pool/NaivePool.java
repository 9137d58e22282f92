package org.fondaco.chain.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * The pool's rules over one plain list: every question is answered by looking at all transactions.
 */
final class NaivePool {
  private final PoolSettings settings;
  private final HeadsOnly chain;
  private final List<Pooled> all = new ArrayList<>();
  private final Set<Address> locals = new HashSet<>();
  private final Map<Address, Long> beats = new HashMap<>();
  private final Map<Address, Long> beatMillis = new HashMap<>();
  private long beat;
  long nowMillis;

  NaivePool(HeadsOnly chain, PoolSettings settings) {
    this.chain = chain;
    this.settings = settings;
  }

  private StoredAccount state(Address address) {
    StoredAccount account = chain.state(Hash.ZERO).account(address);
    return account == null
        ? new StoredAccount(0, U256.ZERO, org.fondaco.chain.state.Code.EMPTY)
        : account;
  }

  private @Nullable U256 baseFee() {
    return BaseFee.next(chain.head());
  }

  List<Pooled> of(Address address) {
    return all.stream()
        .filter(entry -> entry.sender().equals(address))
        .sorted(Comparator.comparingLong(Pooled::nonce))
        .toList();
  }

  List<Pooled> pendingOf(Address address) {
    List<Pooled> pending = new ArrayList<>();
    long next = state(address).nonce();
    for (Pooled entry : of(address)) {
      if (entry.nonce() == next) {
        pending.add(entry);
        next++;
      }
    }
    return pending;
  }

  List<Pooled> queuedOf(Address address) {
    List<Pooled> queued = new ArrayList<>(of(address));
    queued.removeAll(pendingOf(address));
    return queued;
  }

  long nonce(Address address) {
    return state(address).nonce() + pendingOf(address).size();
  }

  private Set<Address> senders() {
    Set<Address> senders = new HashSet<>();
    all.forEach(entry -> senders.add(entry.sender()));
    return senders;
  }

  List<Pooled> pending() {
    return senders().stream().flatMap(sender -> pendingOf(sender).stream()).toList();
  }

  List<Pooled> queued() {
    return senders().stream().flatMap(sender -> queuedOf(sender).stream()).toList();
  }

  SortedMap<Address, List<Hash>> hashes(boolean pending) {
    SortedMap<Address, List<Hash>> hashes = new TreeMap<>();
    for (Address sender : senders()) {
      List<Pooled> entries = pending ? pendingOf(sender) : queuedOf(sender);
      if (!entries.isEmpty()) {
        hashes.put(sender, entries.stream().map(Pooled::hash).toList());
      }
    }
    return hashes;
  }

  /** Null where it is accepted. */
  @Nullable String add(Transaction transaction, boolean local) {
    Candidate candidate = Candidate.of(transaction);
    Address sender = candidate.sender();
    if (sender == null) {
      return "invalid sender";
    }
    Pooled entry = Pooled.of(transaction, candidate.hash(), sender, candidate.bytes());
    if (all.stream().anyMatch(each -> each.hash().equals(entry.hash()))) {
      return EntryRules.ALREADY_KNOWN;
    }
    String refusal = refuse(entry, local || locals.contains(sender));
    if (refusal != null) {
      return refusal;
    }
    if (local) {
      locals.add(sender);
    }
    List<Pooled> pendingBefore = pendingOf(sender);
    boolean hadQueue = !queuedOf(sender).isEmpty();
    all.removeIf(each -> each.sender().equals(sender) && each.nonce() == entry.nonce());
    all.add(entry);
    if (!pendingBefore.containsAll(pendingOf(sender)) || !hadQueue) {
      stir(sender);
    }
    truncateQueue(sender);
    truncate();
    if (all.contains(entry)) {
      return null;
    }
    int queued = queuedOf(sender).size();
    return queued >= settings.accountQueue()
        ? "account limit exceeded: pooled " + queued + " txs"
        : EntryRules.FULL;
  }

  private void stir(Address sender) {
    beats.put(sender, ++beat);
    beatMillis.put(sender, nowMillis);
  }

  private @Nullable String refuse(Pooled entry, boolean exempt) {
    Address sender = entry.sender();
    long gas = entry.transaction().gasLimit();
    if (gas > chain.head().gasLimit()) {
      return "exceeds block gas limit";
    }
    U256 tip = entry.transaction().maxPriorityFee();
    if (!exempt && tip.compareTo(priceLimit) < 0) {
      return "transaction gas price below minimum: gas tip cap "
          + tip.toBigInteger()
          + ", minimum needed "
          + priceLimit.toBigInteger();
    }
    if (entry.nonce() < state(sender).nonce()) {
      return "nonce too low";
    }
    BigInteger balance = state(sender).balance().toBigInteger();
    List<Pooled> others = new ArrayList<>(pendingOf(sender));
    others.removeIf(each -> each.nonce() == entry.nonce());
    BigInteger need = others.stream().map(Pooled::cost).reduce(entry.cost(), BigInteger::add);
    if (balance.compareTo(need) < 0 || balance.compareTo(entry.cost()) < 0) {
      return "insufficient funds";
    }
    for (Pooled each : of(sender)) {
      if (each.nonce() == entry.nonce() && !entry.outbids(each, settings.priceBumpPercent())) {
        return EntryRules.REPLACEMENT_UNDERPRICED;
      }
    }
    return makeRoom(entry, exempt);
  }

  private U256 priceLimit = U256.ONE;

  private @Nullable String makeRoom(Pooled entry, boolean exempt) {
    int room = settings.globalSlots() + settings.globalQueue();
    int over = slots() + entry.slots() - room;
    if (over <= 0) {
      return null;
    }
    List<Pooled> remotes =
        all.stream()
            .filter(each -> !locals.contains(each.sender()))
            .sorted(PriceOrder.cheapestFirst(baseFee()))
            .toList();
    if (!exempt
        && !remotes.isEmpty()
        && PriceOrder.price(baseFee()).compare(entry, remotes.getFirst()) <= 0) {
      return EntryRules.UNDERPRICED;
    }
    List<Pooled> victims = new ArrayList<>();
    for (Pooled each : remotes) {
      if (victims.stream().mapToInt(Pooled::slots).sum() < over) {
        victims.add(each);
      }
    }
    if (victims.stream().mapToInt(Pooled::slots).sum() < over) {
      return exempt ? null : EntryRules.FULL;
    }
    if (entry.nonce() > nonce(entry.sender()) && pending().stream().anyMatch(victims::contains)) {
      return EntryRules.FUTURE_REPLACES_PENDING;
    }
    all.removeAll(victims);
    return null;
  }

  private int slots() {
    return all.stream().mapToInt(Pooled::slots).sum();
  }

  private void truncateQueue(Address sender) {
    while (!locals.contains(sender) && queuedOf(sender).size() > settings.accountQueue()) {
      all.remove(queuedOf(sender).getLast());
    }
  }

  private void truncate() {
    while (pending().size() > settings.globalSlots()) {
      Address longest =
          senders().stream()
              .filter(sender -> !locals.contains(sender))
              .filter(sender -> pendingOf(sender).size() > settings.accountSlots())
              .max(
                  Comparator.<Address>comparingInt(sender -> pendingOf(sender).size())
                      .thenComparing(Comparator.naturalOrder()))
              .orElse(null);
      if (longest == null) {
        break;
      }
      all.remove(pendingOf(longest).getLast());
      truncateQueue(longest);
    }
    while (queued().size() > settings.globalQueue()) {
      Address youngest =
          senders().stream()
              .filter(sender -> !locals.contains(sender))
              .filter(sender -> !queuedOf(sender).isEmpty())
              .max(Comparator.comparingLong(sender -> beats.getOrDefault(sender, 0L)))
              .orElse(null);
      if (youngest == null) {
        break;
      }
      all.remove(queuedOf(youngest).getLast());
    }
  }

  /** After the chain has moved; {@code nonces} are the next ones from before. */
  void follow(Map<Address, Long> nonces, List<Block> removed, List<Block> added) {
    for (Address sender : new java.util.TreeSet<>(senders())) {
      StoredAccount state = state(sender);
      all.removeIf(each ->
          each.sender().equals(sender)
              && (each.nonce() < state.nonce()
                  || each.cost().compareTo(state.balance().toBigInteger()) > 0
                  || each.transaction().gasLimit() > chain.head().gasLimit()));
      long before = nonces.getOrDefault(sender, 0L);
      if (pendingOf(sender).stream().anyMatch(each -> each.nonce() >= before)) {
        stir(sender);
      }
    }
    Candidate.offTheChain(removed, added).forEach(each -> add(each.transaction(), false));
    senders().forEach(this::truncateQueue);
    truncate();
  }

  void setPriceLimit(U256 wei) {
    priceLimit = wei;
    all.removeIf(each ->
        !locals.contains(each.sender()) && each.transaction().maxPriorityFee().compareTo(wei) < 0);
  }

  void expire() {
    for (Address sender : senders()) {
      if (!locals.contains(sender)
          && beatMillis.getOrDefault(sender, 0L) < nowMillis - settings.lifetime().toMillis()) {
        all.removeAll(queuedOf(sender));
      }
    }
  }

  List<Hash> byPrice() {
    Map<Address, List<Pooled>> rest = new HashMap<>();
    for (Address sender : senders()) {
      rest.put(sender, new ArrayList<>(pendingOf(sender)));
    }
    List<Hash> order = new ArrayList<>();
    while (true) {
      Pooled best = null;
      for (List<Pooled> run : rest.values()) {
        if (!run.isEmpty()
            && pays(run.getFirst())
            && (best == null || better(run.getFirst(), best))) {
          best = run.getFirst();
        }
      }
      if (best == null) {
        return order;
      }
      order.add(best.hash());
      List<Pooled> run = rest.getOrDefault(best.sender(), List.of());
      run.removeFirst();
    }
  }

  private boolean pays(Pooled entry) {
    U256 fee = baseFee();
    return fee == null || entry.transaction().maxFee().compareTo(fee) >= 0;
  }

  private boolean better(Pooled a, Pooled b) {
    int order =
        PriceOrder.tip(a.transaction(), baseFee())
            .compareTo(PriceOrder.tip(b.transaction(), baseFee()));
    return order > 0
        || order == 0 && beats.getOrDefault(a.sender(), 0L) < beats.getOrDefault(b.sender(), 0L);
  }
}
