package org.fondaco.engine.core;

/** The sums that must always hold: every asset sums to zero, every held is the sum of its holds. */
final class Audit {

  private Audit() {}

  /**
   * Recomputes both from the records.
   *
   * @throws IllegalStateException when one does not hold
   */
  static void check(Venue venue) {
    Ledger ledger = venue.ledger;
    long[] sums = new long[venue.assets.size()];
    long[] held = new long[ledger.size()];
    for (int b = 0; b < ledger.size(); b++) {
      sums[ledger.asset(b)] += ledger.total(b);
      boolean system = SystemAccounts.isSystem(venue.accounts.id(ledger.account(b)));
      if (!system && (ledger.total(b) < 0 || ledger.available(b) < 0)) {
        throw new IllegalStateException("balance " + b + " is overdrawn");
      }
    }
    for (int asset = 0; asset < sums.length; asset++) {
      if (sums[asset] != 0) {
        throw new IllegalStateException("asset " + venue.assets.id(asset) + " does not sum to 0");
      }
    }
    addOrders(venue, held);
    addHolds(venue, held);
    for (int b = 0; b < held.length; b++) {
      if (held[b] != ledger.held(b)) {
        throw new IllegalStateException(
            "balance " + b + " holds " + ledger.held(b) + ", its records " + held[b]);
      }
    }
  }

  private static void addOrders(Venue venue, long[] held) {
    Orders orders = venue.orders;
    Lists lists = venue.lists;
    for (int o = 0; o < orders.used(); o++) {
      if (orders.id(o) == 0) {
        continue;
      }
      boolean buy = orders.side(o) == Codes.BUY;
      int balance = buy ? orders.quoteBalance(o) : orders.baseBalance(o);
      held[balance] += orders.held(o);
      int list = orders.list(o);
      // The pair's common hold is counted once, at the earlier of its open legs.
      if (list >= 0 && lists.held(list) > 0) {
        int sibling = lists.sibling(list, orders.leg(o));
        if (sibling < 0 || orders.id(o) < orders.id(sibling)) {
          held[balance] += lists.held(list);
        }
      }
    }
  }

  private static void addHolds(Venue venue, long[] held) {
    Holds holds = venue.holds;
    for (int h = 0; h < holds.used(); h++) {
      if (holds.id(h) != 0 && holds.asset(h) >= 0) {
        held[venue.ledger.balance(holds.account(h), holds.asset(h))] += holds.amount(h);
      }
    }
  }
}
