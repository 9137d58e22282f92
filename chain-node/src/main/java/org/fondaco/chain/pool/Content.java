package org.fondaco.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * What is in the pool, by hash, by account and by price, with counts that always agree. Knows no
 * limits and no chain. Used under the pool's lock.
 */
final class Content {
  private final Map<Hash, Pooled> byHash = new HashMap<>();
  private final Map<Address, Waiting> accounts = new HashMap<>();
  private final Set<Address> locals = new HashSet<>();
  private final Cheapest cheapest = new Cheapest();
  private int slots;
  private int pending;
  private int queued;
  private long version;

  @Nullable Pooled entry(Hash hash) {
    return byHash.get(hash);
  }

  boolean contains(Pooled entry) {
    return byHash.containsKey(entry.hash());
  }

  @Nullable Waiting account(Address address) {
    return accounts.get(address);
  }

  /** Every account that has something here; a copy. */
  List<Waiting> accounts() {
    return List.copyOf(accounts.values());
  }

  /** Units of 32 KiB that all transactions take up. */
  int slots() {
    return slots;
  }

  /** How often an account was changed. */
  long version() {
    return version;
  }

  int pending() {
    return pending;
  }

  int queued() {
    return queued;
  }

  boolean isLocal(Address address) {
    return locals.contains(address);
  }

  /** From now on all of this account's transactions are local. */
  void makeLocal(Address address) {
    if (locals.add(address)) {
      cheapest.forget();
    }
  }

  void setBaseFee(@Nullable U256 baseFee) {
    cheapest.setBaseFee(baseFee);
  }

  /**
   * Puts a transaction in its place, and out what held it.
   *
   * @param stateNonce of its sender
   * @return what became pending
   */
  List<Pooled> put(Pooled entry, long stateNonce) {
    Waiting account = accounts.computeIfAbsent(entry.sender(), key -> new Waiting(key, stateNonce));
    Pooled before = account.at(entry.nonce());
    if (before != null) {
      forget(before);
    }
    byHash.put(entry.hash(), entry);
    slots += entry.slots();
    if (isRemote(entry)) {
      cheapest.added(entry);
    }
    return change(account, each -> each.put(entry));
  }

  void remove(Pooled entry) {
    Waiting account = accounts.get(entry.sender());
    if (account != null) {
      change(
          account,
          each -> {
            each.remove(entry);
            return each;
          });
    }
    forget(entry);
  }

  /** Moves an account to another state; what cannot run there goes. */
  Waiting.Rebased rebase(Waiting account, long stateNonce, Predicate<Pooled> impossible) {
    Waiting.Rebased rebased = change(account, each -> each.rebase(stateNonce, impossible));
    rebased.gone().forEach(this::forget);
    return rebased;
  }

  private <T> T change(Waiting account, Function<Waiting, T> change) {
    version++;
    pending -= account.pending();
    queued -= account.queued();
    T result = change.apply(account);
    pending += account.pending();
    queued += account.queued();
    if (account.isEmpty()) {
      accounts.remove(account.address());
    }
    return result;
  }

  /** Takes an entry out of everything but its account. */
  private void forget(Pooled entry) {
    byHash.remove(entry.hash());
    slots -= entry.slots();
    cheapest.removed(entry);
  }

  private boolean isRemote(Pooled entry) {
    return !locals.contains(entry.sender());
  }

  /** Whether a transaction pays no more than the cheapest remote one; false if there is none. */
  boolean undercuts(Pooled entry) {
    return cheapest.undercuts(entry, byHash.values(), this::isRemote);
  }

  /** The cheapest remote ones that take up this many slots; null if all together take fewer. */
  @Nullable List<Pooled> cheapest(int wanted) {
    return cheapest.worth(wanted, byHash.values(), this::isRemote);
  }

  boolean isPending(Pooled entry) {
    Waiting account = accounts.get(entry.sender());
    return account != null && account.isPending(entry);
  }

  /** Remote accounts with queued transactions, the one that moved last at the front. */
  List<Waiting> remotesWithQueue() {
    List<Waiting> chosen = new ArrayList<>();
    for (Waiting account : accounts.values()) {
      if (account.queued() > 0 && !isLocal(account.address())) {
        chosen.add(account);
      }
    }
    chosen.sort(Comparator.comparingLong(Waiting::beat).reversed());
    return chosen;
  }

  /** The remote account with most pending transactions, if it has more than {@code guaranteed}. */
  @Nullable Waiting longest(int guaranteed) {
    Waiting longest = null;
    for (Waiting account : accounts.values()) {
      if (account.pending() > guaranteed && !isLocal(account.address())) {
        boolean more =
            longest == null
                || account.pending() > longest.pending()
                || account.pending() == longest.pending()
                    && account.address().compareTo(longest.address()) > 0;
        longest = more ? account : longest;
      }
    }
    return longest;
  }

  /** Remote transactions that pay a lower tip than this. */
  List<Pooled> below(U256 tip) {
    return all().stream()
        .filter(this::isRemote)
        .filter(entry -> entry.transaction().maxPriorityFee().compareTo(tip) < 0)
        .toList();
  }

  private Collection<Pooled> all() {
    return byHash.values();
  }
}
