package org.fondaco.engine.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an account has open on a symbol: its orders ascending by id, counts, and the balances that
 * its orders move. A slot is never freed.
 */
final class Positions {

  private static final int ACCOUNT = 0;
  private static final int MARKET = 1;
  private static final int BASE_BALANCE = 2;
  private static final int QUOTE_BALANCE = 3;
  private static final int OPEN = 4;
  private static final int ALGO = 5;
  private static final int LISTS = 6;
  private static final int FIRST = 7;
  private static final int LAST = 8;
  private static final int SIBLING = 9;

  private final Accounts accounts;
  private final Orders orders;
  private final LongMap slots;
  private int[] fields;
  private long[] openBuy;
  private @Nullable ClosedIds[] closed;
  private int size;

  Positions(int initial, Accounts accounts, Orders orders) {
    this.accounts = accounts;
    this.orders = orders;
    slots = new LongMap(initial);
    fields = new int[initial << 4];
    openBuy = new long[initial];
    closed = new ClosedIds[initial];
  }

  int size() {
    return size;
  }

  private static long key(int account, int market) {
    return (long) account << 32 | market + 1;
  }

  /** The slot, or -1. */
  int find(int account, int market) {
    return slots.find(key(account, market));
  }

  int add(int account, int market, int baseBalance, int quoteBalance) {
    if (size == openBuy.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
      openBuy = Arrays.copyOf(openBuy, openBuy.length * 2);
      closed = Arrays.copyOf(closed, closed.length * 2);
    }
    int slot = size++;
    slots.add(key(account, market), slot);
    int i = slot << 4;
    fields[i + ACCOUNT] = account;
    fields[i + MARKET] = market;
    fields[i + BASE_BALANCE] = baseBalance;
    fields[i + QUOTE_BALANCE] = quoteBalance;
    fields[i + FIRST] = -1;
    fields[i + LAST] = -1;
    fields[i + SIBLING] = accounts.firstPosition(account);
    accounts.firstPosition(account, slot);
    return slot;
  }

  int account(int p) {
    return fields[(p << 4) + ACCOUNT];
  }

  int market(int p) {
    return fields[(p << 4) + MARKET];
  }

  int baseBalance(int p) {
    return fields[(p << 4) + BASE_BALANCE];
  }

  int quoteBalance(int p) {
    return fields[(p << 4) + QUOTE_BALANCE];
  }

  int open(int p) {
    return fields[(p << 4) + OPEN];
  }

  int algo(int p) {
    return fields[(p << 4) + ALGO];
  }

  int lists(int p) {
    return fields[(p << 4) + LISTS];
  }

  void addLists(int p, int delta) {
    fields[(p << 4) + LISTS] += delta;
  }

  /** Open order with the least id, or -1; {@link Orders#ownNext} goes on from it. */
  int first(int p) {
    return fields[(p << 4) + FIRST];
  }

  /** Another position of the same account, or -1. */
  int sibling(int p) {
    return fields[(p << 4) + SIBLING];
  }

  /** Lots that open BUY orders have left. */
  long openBuy(int p) {
    return openBuy[p];
  }

  void addOpenBuy(int p, long lots) {
    openBuy[p] += lots;
  }

  /** Appends an order, whose id is greater than all others'. */
  void append(int p, int order) {
    int i = p << 4;
    int last = fields[i + LAST];
    orders.position(order, p);
    orders.ownPrev(order, last);
    orders.ownNext(order, -1);
    if (last < 0) {
      fields[i + FIRST] = order;
    } else {
      orders.ownNext(last, order);
    }
    fields[i + LAST] = order;
    fields[i + OPEN]++;
    if (Orders.conditional(orders.type(order))) {
      fields[i + ALGO]++;
    }
  }

  void remove(int p, int order) {
    int i = p << 4;
    int prev = orders.ownPrev(order);
    int next = orders.ownNext(order);
    if (prev < 0) {
      fields[i + FIRST] = next;
    } else {
      orders.ownNext(prev, next);
    }
    if (next < 0) {
      fields[i + LAST] = prev;
    } else {
      orders.ownPrev(next, prev);
    }
    fields[i + OPEN]--;
    if (Orders.conditional(orders.type(order))) {
      fields[i + ALGO]--;
    }
  }

  /** Client ids closed lately, null unless the account asked for a window. */
  @Nullable ClosedIds closed(int p) {
    return closed[p];
  }

  void closed(int p, @Nullable ClosedIds ids) {
    closed[p] = ids;
  }
}
