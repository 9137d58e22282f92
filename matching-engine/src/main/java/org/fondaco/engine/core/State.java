package org.fondaco.engine.core;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.fondaco.engine.sbe.FiltersDecoder;

/**
 * Walks the whole state in one canonical order that does not depend on slots or table layout. What
 * can be computed from other records (books, counts, indexes) is left out.
 */
final class State {

  static final int ENGINE = 1;
  static final int ASSET = 2;
  static final int SYMBOL = 3;
  static final int BUCKET = 4;
  static final int ACCOUNT = 5;
  static final int BALANCE = 6;
  static final int LIST = 7;
  static final int ORDER = 8;
  static final int QUEUE = 9;
  static final int HOLD = 10;
  static final int TOKEN = 11;
  static final int CLOSED_ID = 12;
  static final int DIGEST = 13;
  static final int SOURCE = 14;
  static final int OUTCOME = 15;

  /** Bits of an account's flags; the first was alone once. */
  static final int KILLED = 1;

  static final int FROZEN = 2;

  /** Longs that hold the wire form of the filters. */
  static final int FILTER_LONGS = (FiltersDecoder.ENCODED_LENGTH + 7) / 8;

  private final Venue venue;
  private final Digests digests;
  private final Sources sources;

  State(Venue venue, Digests digests, Sources sources) {
    this.venue = venue;
    this.digests = digests;
    this.sources = sources;
  }

  void walk(RecordSink out) throws IOException {
    out.begin(ENGINE);
    out.put(venue.sequence);
    out.put(venue.time);
    out.put(venue.nextOrderId);
    out.put(venue.nextListId);
    out.put(venue.holds.nextId);
    out.put(venue.books.nextPriority());
    out.put(venue.killed ? 1 : 0);
    out.end();
    assets(out);
    for (int i = 0; i < venue.marketCount(); i++) {
      symbol(out, venue.marketById(i));
    }
    accounts(out);
    balances(out);
    lists(out);
    orders(out);
    queues(out);
    holds(out);
    tokens(out);
    closedIds(out);
    digests(out);
    sources(out);
  }

  private static void putAll(RecordSink out, long[] from, int at, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.put(from[at + i]);
    }
  }

  private void assets(RecordSink out) throws IOException {
    Assets assets = venue.assets;
    long[] ids = new long[assets.size()];
    Arrays.setAll(ids, assets::id);
    Arrays.sort(ids);
    for (long id : ids) {
      int slot = assets.find((int) id);
      out.begin(ASSET);
      out.put(id);
      out.put(assets.scale(slot));
      putAll(out, assets.codeArray(), assets.codeAt(slot), Assets.CODE_LONGS);
      out.end();
    }
  }

  private void symbol(RecordSink out, Market m) throws IOException {
    out.begin(SYMBOL);
    out.put(m.id);
    putAll(out, m.name, 0, Assets.CODE_LONGS);
    out.put(venue.assets.id(m.baseAsset));
    out.put(venue.assets.id(m.quoteAsset));
    out.put(m.tickUnit);
    out.put(m.lotUnit);
    out.put(m.defaultMode);
    out.put(m.status);
    out.put(m.referencePrice);
    out.put(m.lastTicks);
    out.put(m.nextTradeId);
    out.put(m.nextExecutionId);
    out.put(m.nextPreventedMatchId);
    out.put(m.nextUpdateId);
    putAll(out, m.makerRate, 0, Market.TIERS);
    putAll(out, m.takerRate, 0, Market.TIERS);
    for (int i = 0; i < FILTER_LONGS; i++) {
      out.put(filterLong(m.rules, i));
    }
    out.end();
    long[] buckets = m.average.buckets();
    for (int i = 0; i < buckets.length; i += Average.stride()) {
      if (buckets[i] >= 0) {
        out.begin(BUCKET);
        out.put(m.id);
        putAll(out, buckets, i, Average.stride());
        out.end();
      }
    }
  }

  private static long filterLong(Rules rules, int index) {
    long packed = 0;
    int length = Math.min(8, FiltersDecoder.ENCODED_LENGTH - index * 8);
    for (int i = 0; i < length; i++) {
      packed |= (rules.wire.getByte(index * 8 + i) & 0xFFL) << 8 * i;
    }
    return packed;
  }

  private void accounts(RecordSink out) throws IOException {
    Accounts accounts = venue.accounts;
    for (long id : accountIds()) {
      // The house has no options; it came after the first snapshots, which must read the same.
      if (id == SystemAccounts.HOUSE) {
        continue;
      }
      int slot = accounts.find(id);
      out.begin(ACCOUNT);
      out.put(id);
      out.put(accounts.enabled(slot) ? 1 : 0);
      out.put((accounts.killed(slot) ? KILLED : 0) | (accounts.frozen(slot) ? FROZEN : 0));
      out.put(accounts.tier(slot));
      out.put(accounts.group(slot));
      out.put(accounts.window(slot));
      out.end();
    }
  }

  private long[] accountIds() {
    long[] ids = new long[venue.accounts.size()];
    Arrays.setAll(ids, venue.accounts::id);
    Arrays.sort(ids);
    return ids;
  }

  /** Slots of balances that are not zero, by account id, then asset id. */
  int[] balanceSlots() {
    Ledger ledger = venue.ledger;
    return IntStream.range(0, ledger.size())
        .filter(b -> ledger.total(b) != 0 || ledger.held(b) != 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(b -> venue.accounts.id(ledger.account(b)))
                .thenComparingInt(b -> venue.assets.id(ledger.asset(b))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void balances(RecordSink out) throws IOException {
    Ledger ledger = venue.ledger;
    for (int slot : balanceSlots()) {
      out.begin(BALANCE);
      out.put(venue.accounts.id(ledger.account(slot)));
      out.put(venue.assets.id(ledger.asset(slot)));
      out.put(ledger.total(slot));
      out.put(ledger.held(slot));
      out.end();
    }
  }

  /** Slots of open lists by list id. */
  int[] listSlots() {
    Lists lists = venue.lists;
    return sortedSlots(lists.used(), lists::id, venue.listSlots);
  }

  /** Slots of open orders by order id. */
  int[] orderSlots() {
    Orders orders = venue.orders;
    return sortedSlots(orders.used(), orders::id, venue.orderSlots);
  }

  private static int[] sortedSlots(int used, IntToLongFunction id, LongMap slots) {
    return IntStream.range(0, used)
        .mapToLong(id)
        .filter(key -> key != 0)
        .sorted()
        .mapToInt(slots::find)
        .toArray();
  }

  private void lists(RecordSink out) throws IOException {
    Lists lists = venue.lists;
    for (int slot : listSlots()) {
      out.begin(LIST);
      out.put(lists.id(slot));
      out.put(lists.account(slot));
      out.put(venue.market(lists.market(slot)).id);
      out.put(lists.type(slot));
      out.put(lists.held(slot));
      out.put(lists.acceptedTime(slot));
      for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
        out.put(lists.legId(slot, leg));
      }
      putAll(out, lists.clientIdArray(), lists.clientIdAt(slot), Orders.CLIENT_ID_LONGS);
      out.end();
    }
  }

  private void orders(RecordSink out) throws IOException {
    Orders orders = venue.orders;
    for (int o : orderSlots()) {
      Market m = venue.market(orders.market(o));
      out.begin(ORDER);
      out.put(orders.id(o));
      out.put(orders.account(o));
      out.put(m.id);
      out.put(orders.flags(o));
      out.put(orders.price(o));
      out.put(orders.left(o));
      out.put(orders.shown(o));
      out.put(orders.executed(o));
      out.put(orders.held(o));
      out.put(orders.quantity(o));
      out.put(orders.list(o) < 0 ? -1 : venue.lists.id(orders.list(o)));
      out.put(orders.state(o) == Orders.TRAILING ? m.stops.extreme(o) : 0);
      putAll(out, orders.clientIdArray(), orders.coldAt(o), Orders.COLD_USED);
      out.end();
    }
  }

  private void queues(RecordSink out) throws IOException {
    for (int i = 0; i < venue.marketCount(); i++) {
      Market m = venue.marketById(i);
      long index = 0;
      for (int node = m.queue.head(); node >= 0; node = m.queue.next(node)) {
        boolean list = WorkQueue.isList(node);
        out.begin(QUEUE);
        out.put(m.id);
        out.put(index++);
        out.put(list ? 1 : 0);
        out.put(list ? venue.lists.id(node >> 1) : venue.orders.id(node >> 1));
        out.end();
      }
    }
  }

  private void holds(RecordSink out) throws IOException {
    Holds holds = venue.holds;
    for (int slot : sortedSlots(holds.used(), holds::id, holds.slots())) {
      out.begin(HOLD);
      out.put(holds.id(slot));
      out.put(venue.accounts.id(holds.account(slot)));
      out.put(holds.asset(slot) < 0 ? 0 : venue.assets.id(holds.asset(slot)));
      out.put(holds.amount(slot));
      out.put(holds.deadline(slot));
      out.put(holds.token(slot));
      out.end();
    }
  }

  private void tokens(RecordSink out) throws IOException {
    Tokens tokens = venue.tokens;
    for (int slot : sortedSlots(tokens.used(), tokens::id, tokens.slots())) {
      out.begin(TOKEN);
      out.put(tokens.id(slot));
      out.put(venue.accounts.id(tokens.owner(slot)));
      out.put(tokens.hold(slot));
      out.end();
    }
  }

  private void closedIds(RecordSink out) throws IOException {
    for (long account : accountIds()) {
      int slot = venue.accounts.find(account);
      for (int i = 0; i < venue.marketCount(); i++) {
        Market m = venue.marketById(i);
        int position = venue.positions.find(slot, m.slot);
        ClosedIds closed = position < 0 ? null : venue.positions.closed(position);
        for (int n = 0; closed != null && n < closed.size(); n++) {
          out.begin(CLOSED_ID);
          out.put(account);
          out.put(m.id);
          out.put(n);
          putAll(out, closed.array(), closed.at(n), Orders.CLIENT_ID_LONGS);
          out.end();
        }
      }
    }
  }

  private void digests(RecordSink out) throws IOException {
    for (int i = 0; i < digests.size(); i++) {
      out.begin(DIGEST);
      out.put(i);
      putAll(out, digests.array(), digests.at(i), 3);
      out.end();
    }
  }

  private void sources(RecordSink out) throws IOException {
    int[] ids = new int[sources.size()];
    Arrays.setAll(ids, slot -> sources.source(slot).id);
    Arrays.sort(ids);
    for (int id : ids) {
      Sources.Source source = sources.find(id);
      if (source == null) {
        throw new IllegalStateException("source " + id + " vanished");
      }
      out.begin(SOURCE);
      out.put(id);
      out.put(source.last);
      out.put(source.frozen ? 1 : 0);
      out.end();
      for (long n = Math.max(1, source.last - Sources.KEPT + 1); n <= source.last; n++) {
        out.begin(OUTCOME);
        out.put(id);
        out.put(n);
        putAll(out, source.outcomes, Sources.Source.at(n), Sources.STRIDE);
        out.end();
      }
    }
  }
}
