package org.fondaco.engine.core;

import java.util.Arrays;
import org.fondaco.engine.protocol.ExpiryReason;

/**
 * Expires the open orders of a killed venue or of killed or frozen accounts, some a command. A
 * killed venue's orders are sorted once, when the first command after the kill comes; nothing can
 * be placed meanwhile, so that the sorted ids stay a superset of what is open.
 */
final class Kills {

  private final Venue venue;
  private final Orders orders;
  private final Life life;
  private long[] ids = new long[0];
  private int size;
  private int next;
  private boolean sorted;
  private int budget;

  /** Slots of killed or frozen accounts that may have open orders, ascending by account id. */
  private int[] accounts = new int[4];

  private int accountCount;

  Kills(Venue venue, Life life) {
    this.venue = venue;
    this.life = life;
    orders = venue.orders;
  }

  /** Starts a command, which may expire so many orders (a list's other legs may exceed it). */
  void begin(int expirations) {
    budget = expirations;
  }

  void venueChanged() {
    sorted = false;
  }

  void accountChanged(int slot) {
    int at = 0;
    while (at < accountCount && accounts[at] != slot) {
      at++;
    }
    boolean listed = at < accountCount;
    if (venue.accounts.stopped(slot) && !listed) {
      add(slot);
    } else if (!venue.accounts.stopped(slot) && listed) {
      System.arraycopy(accounts, at + 1, accounts, at, accountCount - at - 1);
      accountCount--;
    }
  }

  private void add(int slot) {
    if (accountCount == accounts.length) {
      accounts = Arrays.copyOf(accounts, accountCount * 2);
    }
    long id = venue.accounts.id(slot);
    int at = accountCount++;
    while (at > 0 && venue.accounts.id(accounts[at - 1]) > id) {
      accounts[at] = accounts[at - 1];
      at--;
    }
    accounts[at] = slot;
  }

  /** Whether a Tick would expire something. */
  boolean due() {
    if (venue.killed && orders.open() > 0) {
      return true;
    }
    for (int i = 0; i < accountCount; i++) {
      if (leastOrder(accounts[i]) >= 0) {
        return true;
      }
    }
    return false;
  }

  void proceed() {
    if (venue.killed) {
      expireVenue();
    }
    for (int i = 0; i < accountCount && budget > 0; i++) {
      int o = leastOrder(accounts[i]);
      while (o >= 0 && budget > 0) {
        expire(o);
        o = leastOrder(accounts[i]);
      }
    }
    // An account without open orders needs no more visits: it cannot place any meanwhile.
    int kept = 0;
    for (int i = 0; i < accountCount; i++) {
      if (leastOrder(accounts[i]) >= 0) {
        accounts[kept++] = accounts[i];
      }
    }
    accountCount = kept;
  }

  private void expireVenue() {
    if (orders.open() == 0) {
      return;
    }
    if (!sorted) {
      sort();
    }
    while (budget > 0 && next < size) {
      int o = venue.orderSlots.find(ids[next++]);
      if (o >= 0) {
        expire(o);
      }
    }
  }

  private void sort() {
    if (ids.length < orders.open()) {
      ids = new long[orders.open()];
    }
    size = 0;
    next = 0;
    for (int o = 0; o < orders.used(); o++) {
      if (orders.id(o) != 0) {
        ids[size++] = orders.id(o);
      }
    }
    Arrays.sort(ids, 0, size);
    sorted = true;
  }

  /** The open order of an account with the least id over its symbols, or -1. */
  private int leastOrder(int account) {
    int least = -1;
    Positions positions = venue.positions;
    for (int p = venue.accounts.firstPosition(account); p >= 0; p = positions.sibling(p)) {
      int first = positions.first(p);
      if (first >= 0 && (least < 0 || orders.id(first) < orders.id(least))) {
        least = first;
      }
    }
    return least;
  }

  private void expire(int o) {
    Market m = venue.market(orders.market(o));
    int list = orders.list(o);
    if (list < 0) {
      budget--;
      life.expire(m, o, ExpiryReason.EXCHANGE_CANCELED);
      return;
    }
    for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
      budget -= venue.lists.leg(list, leg) >= 0 ? 1 : 0;
    }
    life.expireList(m, list, ExpiryReason.EXCHANGE_CANCELED);
  }
}
