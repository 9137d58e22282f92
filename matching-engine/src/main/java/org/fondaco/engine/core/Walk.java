package org.fondaco.engine.core;

/**
 * A read-only match: what an order would trade now, honouring self-trade prevention, hidden
 * quantity, slice order and price range. Results stay until the next call.
 */
final class Walk {

  private final Orders orders;
  private final Levels levels;
  private final Accounts accounts;

  /** Lots that would trade. */
  long traded;

  /** Lots that DECREMENT would remove instead of trading. */
  long prevented;

  /** Quote units of what would trade; {@code Long.MAX_VALUE} when beyond any balance. */
  long cost;

  /** The amount ran out before the book did. */
  boolean amountSpent;

  private long left;
  private long amount;

  Walk(Orders orders, Levels levels, Accounts accounts) {
    this.orders = orders;
    this.levels = levels;
    this.accounts = accounts;
  }

  /** Walks for a quantity in lots up to a ladder key (the limit price). */
  void forQuantity(
      Market m,
      int side,
      int mode,
      long account,
      int accountSlot,
      long limitKey,
      long lots,
      long time) {
    start(lots, -1);
    walk(m, side, mode, account, accountSlot, limitKey, time);
  }

  /** Walks greedily for an amount in quote units, at any price. */
  void forAmount(
      Market m, int side, int mode, long account, int accountSlot, long quote, long time) {
    start(Long.MAX_VALUE, quote);
    walk(m, side, mode, account, accountSlot, Long.MAX_VALUE, time);
    amountSpent |= amount == 0;
  }

  private void start(long lots, long quote) {
    left = lots;
    amount = quote;
    traded = 0;
    prevented = 0;
    cost = 0;
    amountSpent = false;
  }

  private void walk(
      Market m, int side, int mode, long account, int accountSlot, long limitKey, long time) {
    Ladder ladder = m.ladder(1 - side);
    boolean ranged = m.rules.ranged(side);
    if (ranged) {
      m.fixAverage(time);
    }
    long group = accounts.group(accountSlot);
    for (int level = ladder.best(); level >= 0; level = ladder.worse(level)) {
      if (levels.key(level) > limitKey) {
        return;
      }
      long ticks = ladder.ticks(level);
      boolean outside = ranged && m.outsideRange(side, ticks);
      if (!walkLevel(level, ticks * m.k, outside, mode, account, group)) {
        return;
      }
    }
  }

  /** Returns false when the walk is over. */
  private boolean walkLevel(
      int level, long unit, boolean outside, int mode, long account, long group) {
    boolean more = true;
    for (int round = 0; more; round++) {
      more = false;
      for (int o = levels.first(level); o >= 0; o = orders.next(o)) {
        long slice = slice(o, round);
        if (slice <= 0) {
          continue;
        }
        boolean own = mode != Codes.NONE && sameOwner(o, account, group);
        if (own && mode == Codes.EXPIRE_MAKER) {
          continue;
        }
        if (own ? mode != Codes.DECREMENT : outside) {
          return false;
        }
        if (!consume(slice, unit, own)) {
          return false;
        }
        more |= slice(o, round + 1) > 0;
      }
    }
    return true;
  }

  private long slice(int o, int round) {
    if (round == 0) {
      return orders.shown(o);
    }
    long hidden = orders.left(o) - orders.shown(o);
    if (hidden == 0) {
      return 0;
    }
    long iceberg = orders.cold(o, Orders.ICEBERG);
    return Math.min(iceberg, hidden - (round - 1) * iceberg);
  }

  private boolean consume(long slice, long unit, boolean own) {
    long lots = Math.min(left, slice);
    if (amount >= 0) {
      lots = Math.min(lots, amount / unit);
      amount -= lots * unit;
    }
    if (own) {
      prevented += lots;
    } else {
      traded += lots;
      long total = cost + lots * unit;
      cost = total > 0 || lots == 0 ? total : Long.MAX_VALUE;
      left = cost == Long.MAX_VALUE ? lots : left;
    }
    left -= lots;
    if (amount >= 0 && lots < slice) {
      amountSpent = true;
      return false;
    }
    return left > 0;
  }

  private boolean sameOwner(int maker, long account, long group) {
    return orders.account(maker) == account
        || group != -1 && accounts.group(orders.accountSlot(maker)) == group;
  }
}
