package org.fondaco.chain.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/**
 * One account's transactions. Those whose nonces run without a gap from the account's own are
 * pending, the others queued: {@link #next} is the border. Used under the pool's lock.
 */
final class Waiting {
  private final Address address;
  private final TreeMap<Long, Pooled> byNonce = new TreeMap<>(Long::compareUnsigned);
  private long nonce;
  private long next;
  private int pending;
  private BigInteger pendingCost = BigInteger.ZERO;

  /** Order and time of the account's last sign of life. */
  private long beat;

  private long beatMillis;

  /**
   * What another state made of the account.
   *
   * @param gone mined, or impossible now
   * @param promoted pending now and not before
   */
  record Rebased(List<Pooled> gone, List<Pooled> promoted) {}

  /**
   * Begins without transactions.
   *
   * @param nonce of the account in the head's state
   */
  Waiting(Address address, long nonce) {
    this.address = address;
    this.nonce = nonce;
    next = nonce;
  }

  Address address() {
    return address;
  }

  boolean isEmpty() {
    return byNonce.isEmpty();
  }

  int pending() {
    return pending;
  }

  int queued() {
    return byNonce.size() - pending;
  }

  /** The nonce after the last pending transaction. */
  long next() {
    return next;
  }

  /** What all pending transactions can cost together, in wei. */
  BigInteger pendingCost() {
    return pendingCost;
  }

  long beat() {
    return beat;
  }

  long beatMillis() {
    return beatMillis;
  }

  void stir(long order, long millis) {
    beat = order;
    beatMillis = millis;
  }

  @Nullable Pooled at(long wanted) {
    return byNonce.get(wanted);
  }

  @Nullable Pooled pendingAt(long wanted) {
    return Long.compareUnsigned(wanted, next) < 0 ? byNonce.get(wanted) : null;
  }

  boolean isPending(Pooled entry) {
    return Long.compareUnsigned(entry.nonce(), next) < 0;
  }

  SortedMap<Long, Pooled> pendingByNonce() {
    return byNonce.headMap(next);
  }

  SortedMap<Long, Pooled> queuedByNonce() {
    return byNonce.tailMap(next);
  }

  Collection<Pooled> all() {
    return byNonce.values();
  }

  Pooled last() {
    return byNonce.lastEntry().getValue();
  }

  Pooled lastPending() {
    return byNonce.lowerEntry(next).getValue();
  }

  /** Puts a transaction in; returns those that are pending now and were not. */
  List<Pooled> put(Pooled entry) {
    Pooled before = byNonce.put(entry.nonce(), entry);
    if (isPending(entry)) {
      pendingCost = pendingCost.add(entry.cost());
      if (before != null) {
        pendingCost = pendingCost.subtract(before.cost());
      }
      return List.of(entry);
    }
    return extend();
  }

  private List<Pooled> extend() {
    List<Pooled> promoted = new ArrayList<>();
    for (Pooled entry = byNonce.get(next); entry != null; entry = byNonce.get(next)) {
      promoted.add(entry);
      pendingCost = pendingCost.add(entry.cost());
      pending++;
      next++;
    }
    return promoted;
  }

  /** Takes a transaction out; what came after a pending one is queued from now on. */
  void remove(Pooled entry) {
    if (isPending(entry)) {
      cutAt(entry.nonce());
    }
    byNonce.remove(entry.nonce());
  }

  private void cutAt(long from) {
    for (Pooled entry : byNonce.subMap(from, next).values()) {
      pendingCost = pendingCost.subtract(entry.cost());
      pending--;
    }
    next = from;
  }

  /**
   * Moves to another state.
   *
   * @param stateNonce the account's nonce there
   * @param impossible what cannot run there and goes
   */
  Rebased rebase(long stateNonce, Predicate<Pooled> impossible) {
    List<Pooled> gone = new ArrayList<>(byNonce.headMap(stateNonce).values());
    long nextBefore = next;
    byNonce.headMap(stateNonce).clear();
    for (Pooled entry : byNonce.values()) {
      if (impossible.test(entry)) {
        gone.add(entry);
      }
    }
    gone.forEach(entry -> byNonce.remove(entry.nonce(), entry));
    if (!gone.isEmpty() || stateNonce != nonce) {
      nonce = stateNonce;
      next = stateNonce;
      pending = 0;
      pendingCost = BigInteger.ZERO;
      extend();
    }
    boolean further = Long.compareUnsigned(next, nextBefore) > 0;
    return new Rebased(
        gone, further ? new ArrayList<>(byNonce.subMap(nextBefore, next).values()) : List.of());
  }
}
