package org.fondaco.engine.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The whole state of the engine: slabs, indexes and counters. */
final class Venue {

  final EngineSizing sizing;
  final Orders orders;
  final Levels levels;
  final TrieNodes nodes;
  final Accounts accounts;
  final Assets assets;
  final Positions positions;
  final Ledger ledger;
  final Lists lists;
  final LongMap orderSlots;
  final ClientIds clientIds;
  final LongMap listSlots;
  final ClientIds listClientIds;
  final Groups groups = new Groups();
  final Holds holds;
  final Tokens tokens;
  final Books books;
  final EventWriter events;

  private final LongMap marketSlots;
  private @Nullable Market[] markets = new Market[16];
  private int[] byId = new int[16];
  private int marketCount;
  private int busyQueues;

  long sequence;
  long time;
  long nextOrderId = 1;
  long nextListId = 1;
  boolean killed;

  Venue(EngineSizing sizing, EventSink sink) {
    this.sizing = sizing;
    orders = new Orders(sizing.orders(), limit(sizing.orders(), sizing.growth()));
    levels = new Levels(sizing.levels());
    nodes = new TrieNodes(sizing.levels());
    accounts = new Accounts(sizing.accounts(), limit(sizing.accounts(), sizing.growth()));
    assets = new Assets(sizing.assets());
    positions = new Positions(sizing.balances(), accounts, orders);
    ledger = new Ledger(sizing.balances(), accounts, assets);
    lists = new Lists(sizing.lists(), limit(sizing.lists(), sizing.growth()));
    orderSlots = new LongMap(sizing.orders());
    clientIds = new ClientIds(sizing.orders(), orders);
    listSlots = new LongMap(sizing.lists());
    listClientIds = new ClientIds(sizing.lists(), lists);
    holds = new Holds(sizing.holds(), limit(sizing.holds(), sizing.growth()));
    tokens = new Tokens(sizing.tokens(), limit(sizing.tokens(), sizing.growth()));
    books = new Books(orders, levels);
    events = new EventWriter(orders, sink);
    marketSlots = new LongMap(16);
  }

  static int limit(int initial, int growth) {
    return (int) Math.min((long) initial * growth, 1 << 27);
  }

  int marketCount() {
    return marketCount;
  }

  /** The market in a slot below {@link #marketCount}. */
  Market market(int slot) {
    Market m = markets[slot];
    if (m == null) {
      throw new IllegalStateException("no market " + slot);
    }
    return m;
  }

  /** The i-th market by ascending symbol id. */
  Market marketById(int i) {
    return market(byId[i]);
  }

  /** How many markets have work queued. */
  int busyQueues() {
    return busyQueues;
  }

  void addBusyQueues(int change) {
    busyQueues += change;
  }

  /** The market of a symbol id, or null. */
  @Nullable Market findMarket(int symbol) {
    int slot = symbol > 0 ? marketSlots.find(symbol) : -1;
    return slot < 0 ? null : markets[slot];
  }

  void addMarket(Market m) {
    if (m.slot == markets.length) {
      markets = Arrays.copyOf(markets, m.slot * 2);
      byId = Arrays.copyOf(byId, m.slot * 2);
    }
    markets[m.slot] = m;
    int at = marketCount;
    while (at > 0 && market(byId[at - 1]).id > m.id) {
      byId[at] = byId[at - 1];
      at--;
    }
    byId[at] = m.slot;
    marketSlots.add(m.id, m.slot);
    marketCount++;
  }

  /** What an account has open on a market, made if it does not exist. */
  int position(int account, Market m) {
    int position = positions.find(account, m.slot);
    if (position >= 0) {
      return position;
    }
    int base = ledger.balance(account, m.baseAsset);
    int quote = ledger.balance(account, m.quoteAsset);
    return positions.add(account, m.slot, base, quote);
  }
}
