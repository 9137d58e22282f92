package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * The slab of open orders. An order is a slot; its hot part is two cache lines (eight longs,
 * sixteen ints), its cold part three. Prices are in ticks, quantities in lots, holds in ledger
 * units.
 */
final class Orders implements ClientIds.Slab {

  /** Where an order is; it decides what PREV, NEXT and LEVEL mean. */
  static final int ACTIVE = 0;

  static final int RESTING = 1;
  static final int STOPPED = 2;
  static final int TRAILING = 3;
  static final int PENDING = 4;
  static final int QUEUED = 5;

  private static final int ID = 0;
  private static final int ACCOUNT = 1;
  private static final int PRICE = 2;
  private static final int LEFT = 3;
  private static final int SHOWN = 4;
  private static final int EXECUTED = 5;
  private static final int HELD = 6;
  private static final int QUANTITY = 7;

  private static final int PREV = 0;
  private static final int NEXT = 1;
  private static final int LEVEL = 2;
  private static final int FLAGS = 3;
  private static final int POSITION = 4;
  private static final int ACCOUNT_SLOT = 5;
  private static final int MARKET = 6;
  private static final int BASE_BALANCE = 7;
  private static final int QUOTE_BALANCE = 8;
  private static final int LIST = 9;
  private static final int OWN_PREV = 10;
  private static final int OWN_NEXT = 11;

  private static final int COLD = 24;
  static final int PRIORITY = 0;
  static final int STOP = 1;
  static final int ICEBERG = 2;
  static final int QUOTE_QUANTITY = 3;
  static final int EXECUTED_QUOTE = 4;
  static final int PREVENTED = 5;
  static final int ACCEPTED_TIME = 6;
  static final int WORKING_TIME = 7;
  static final int UPDATE_TIME = 8;
  static final int TRAILING_TIME = 9;
  static final int PREVENTED_MATCH = 10;
  static final int STRATEGY_ID = 11;
  static final int STRATEGY_TYPE = 12;
  static final int DELTA = 13;
  static final int AMENDS = 14;
  static final int CLIENT_ID = 15;
  static final int CLIENT_ID_LONGS = 5;
  static final int COLD_USED = CLIENT_ID + CLIENT_ID_LONGS;

  private final int limit;
  private long[] hot;
  private int[] links;
  private long[] cold;
  private int free = -1;
  private int used;
  private int open;

  Orders(int initial, int limit) {
    this.limit = limit;
    hot = new long[initial << 3];
    links = new int[initial << 4];
    cold = new long[initial * COLD];
  }

  int open() {
    return open;
  }

  /** One more than the greatest slot ever used; slots below may be free (id 0). */
  int used() {
    return used;
  }

  boolean roomFor(int count) {
    return limit - open >= count;
  }

  /** A slot with cold fields and links reset; the caller has checked {@link #roomFor}. */
  int allocate() {
    int slot = free;
    if (slot >= 0) {
      free = links[slot << 4];
    } else {
      slot = used++;
      if (slot << 3 == hot.length) {
        grow();
      }
    }
    open++;
    return slot;
  }

  private void grow() {
    hot = Arrays.copyOf(hot, hot.length * 2);
    links = Arrays.copyOf(links, links.length * 2);
    cold = Arrays.copyOf(cold, cold.length * 2);
  }

  void release(int slot) {
    hot[slot << 3] = 0;
    links[slot << 4] = free;
    free = slot;
    open--;
  }

  long id(int o) {
    return hot[(o << 3) + ID];
  }

  void id(int o, long value) {
    hot[(o << 3) + ID] = value;
  }

  /** Account id. */
  long account(int o) {
    return hot[(o << 3) + ACCOUNT];
  }

  void account(int o, long value) {
    hot[(o << 3) + ACCOUNT] = value;
  }

  /** Limit in ticks, 0 for market types. */
  long price(int o) {
    return hot[(o << 3) + PRICE];
  }

  void price(int o, long value) {
    hot[(o << 3) + PRICE] = value;
  }

  /** Lots neither executed nor prevented. */
  long left(int o) {
    return hot[(o << 3) + LEFT];
  }

  void left(int o, long value) {
    hot[(o << 3) + LEFT] = value;
  }

  /** Lots displayed on the book, 0 when not resting. */
  long shown(int o) {
    return hot[(o << 3) + SHOWN];
  }

  void shown(int o, long value) {
    hot[(o << 3) + SHOWN] = value;
  }

  long executed(int o) {
    return hot[(o << 3) + EXECUTED];
  }

  void executed(int o, long value) {
    hot[(o << 3) + EXECUTED] = value;
  }

  /** The order's own hold in ledger units: quote for a BUY, base for a SELL. */
  long held(int o) {
    return hot[(o << 3) + HELD];
  }

  void held(int o, long value) {
    hot[(o << 3) + HELD] = value;
  }

  long quantity(int o) {
    return hot[(o << 3) + QUANTITY];
  }

  void quantity(int o, long value) {
    hot[(o << 3) + QUANTITY] = value;
  }

  int prev(int o) {
    return links[(o << 4) + PREV];
  }

  void prev(int o, int value) {
    links[(o << 4) + PREV] = value;
  }

  int next(int o) {
    return links[(o << 4) + NEXT];
  }

  void next(int o, int value) {
    links[(o << 4) + NEXT] = value;
  }

  /** Level when RESTING or STOPPED, group when TRAILING. */
  int level(int o) {
    return links[(o << 4) + LEVEL];
  }

  void level(int o, int value) {
    links[(o << 4) + LEVEL] = value;
  }

  @Override
  public int position(int o) {
    return links[(o << 4) + POSITION];
  }

  void position(int o, int value) {
    links[(o << 4) + POSITION] = value;
  }

  int accountSlot(int o) {
    return links[(o << 4) + ACCOUNT_SLOT];
  }

  void accountSlot(int o, int value) {
    links[(o << 4) + ACCOUNT_SLOT] = value;
  }

  int market(int o) {
    return links[(o << 4) + MARKET];
  }

  void market(int o, int value) {
    links[(o << 4) + MARKET] = value;
  }

  int baseBalance(int o) {
    return links[(o << 4) + BASE_BALANCE];
  }

  int quoteBalance(int o) {
    return links[(o << 4) + QUOTE_BALANCE];
  }

  void balances(int o, int base, int quote) {
    links[(o << 4) + BASE_BALANCE] = base;
    links[(o << 4) + QUOTE_BALANCE] = quote;
  }

  /** Slot of the order list, -1 = none. */
  int list(int o) {
    return links[(o << 4) + LIST];
  }

  void list(int o, int value) {
    links[(o << 4) + LIST] = value;
  }

  int ownPrev(int o) {
    return links[(o << 4) + OWN_PREV];
  }

  void ownPrev(int o, int value) {
    links[(o << 4) + OWN_PREV] = value;
  }

  int ownNext(int o) {
    return links[(o << 4) + OWN_NEXT];
  }

  void ownNext(int o, int value) {
    links[(o << 4) + OWN_NEXT] = value;
  }

  // Flags: side 1 bit, type 3, time in force 2, mode 3, state 3, triggered 1, book-ended 1, leg 2.

  void flags(int o, int side, int type, int timeInForce, int mode) {
    links[(o << 4) + FLAGS] = side | type << 1 | timeInForce << 4 | mode << 6;
  }

  int flags(int o) {
    return links[(o << 4) + FLAGS];
  }

  void flags(int o, int value) {
    links[(o << 4) + FLAGS] = value;
  }

  int side(int o) {
    return links[(o << 4) + FLAGS] & 1;
  }

  int type(int o) {
    return links[(o << 4) + FLAGS] >>> 1 & 7;
  }

  int timeInForce(int o) {
    return links[(o << 4) + FLAGS] >>> 4 & 3;
  }

  int mode(int o) {
    return links[(o << 4) + FLAGS] >>> 6 & 7;
  }

  int state(int o) {
    return links[(o << 4) + FLAGS] >>> 9 & 7;
  }

  void state(int o, int value) {
    int i = (o << 4) + FLAGS;
    links[i] = links[i] & ~(7 << 9) | value << 9;
  }

  /** A conditional order whose condition was met and that has run, so that it now works. */
  boolean triggered(int o) {
    return (links[(o << 4) + FLAGS] & 1 << 12) != 0;
  }

  void markTriggered(int o) {
    links[(o << 4) + FLAGS] |= 1 << 12;
  }

  /** A quoteOrderQuantity order whose walk ended by the book, not by the amount. */
  boolean bookEnded(int o) {
    return (links[(o << 4) + FLAGS] & 1 << 13) != 0;
  }

  void markBookEnded(int o) {
    links[(o << 4) + FLAGS] |= 1 << 13;
  }

  /** Index of this leg in its list. */
  int leg(int o) {
    return links[(o << 4) + FLAGS] >>> 14 & 3;
  }

  void leg(int o, int value) {
    links[(o << 4) + FLAGS] |= value << 14;
  }

  long cold(int o, int field) {
    return cold[o * COLD + field];
  }

  void cold(int o, int field, long value) {
    cold[o * COLD + field] = value;
  }

  void addCold(int o, int field, long value) {
    cold[o * COLD + field] += value;
  }

  /** Where the {@link #COLD_USED} cold fields of an order begin in {@link #clientIdArray}. */
  int coldAt(int o) {
    return o * COLD;
  }

  @Override
  public long[] clientIdArray() {
    return cold;
  }

  @Override
  public int clientIdAt(int o) {
    return o * COLD + CLIENT_ID;
  }

  /** True when the order takes at any price. */
  static boolean marketType(int type) {
    return type == Codes.MARKET || type == Codes.STOP_LOSS || type == Codes.TAKE_PROFIT;
  }

  /** True for the four types that wait for a price. */
  static boolean conditional(int type) {
    return type >= Codes.STOP_LOSS;
  }
}
