package org.fondaco.engine.core;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.sbe.FiltersDecoder;

/** Builds the state of a newborn engine from the records of a snapshot. */
final class SnapshotReader {

  private final Venue venue;
  private final Digests digests;
  private final Sources sources;
  private final Kills kills;
  private final Life life;
  private final long[] fields = new long[SnapshotWriter.FIELDS_MAX];
  private int next;

  private final List<Shown> shown = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();

  private record Shown(int order, long priority, long lots) {}

  private record Follower(int order, long extreme) {}

  SnapshotReader(Venue venue, Digests digests, Sources sources, Kills kills, Life life) {
    this.venue = venue;
    this.digests = digests;
    this.sources = sources;
    this.kills = kills;
    this.life = life;
  }

  void read(DataInput in) throws IOException {
    int kind = in.readByte();
    while (kind != 0) {
      int count = in.readShort();
      if (count < 0 || count > fields.length) {
        throw new IOException("a record of " + count + " fields");
      }
      for (int i = 0; i < count; i++) {
        fields[i] = in.readLong();
      }
      next = 0;
      record(kind);
      kind = in.readByte();
    }
    showOrders();
    follow();
    for (int slot = 0; slot < venue.accounts.size(); slot++) {
      if (venue.accounts.stopped(slot)) {
        kills.accountChanged(slot);
      }
    }
    venue.books.forgetTouched();
  }

  private long next() {
    return fields[next++];
  }

  private int nextInt() {
    return Math.toIntExact(fields[next++]);
  }

  private void nextInto(long[] to, int at, int count) {
    System.arraycopy(fields, next, to, at, count);
    next += count;
  }

  private void record(int kind) throws IOException {
    switch (kind) {
      case State.ENGINE -> engine();
      case State.ASSET -> asset();
      case State.SYMBOL -> symbol();
      case State.BUCKET -> bucket();
      case State.ACCOUNT -> account();
      case State.BALANCE -> balance();
      case State.LIST -> list();
      case State.ORDER -> order();
      case State.QUEUE -> queue();
      case State.HOLD -> hold();
      case State.TOKEN -> token();
      case State.CLOSED_ID -> closedId();
      case State.DIGEST -> digest();
      case State.SOURCE -> source();
      case State.OUTCOME -> outcome();
      default -> throw new IOException("a record of kind " + kind);
    }
  }

  private void engine() {
    venue.sequence = next();
    venue.time = next();
    venue.nextOrderId = next();
    venue.nextListId = next();
    venue.holds.nextId = next();
    venue.books.nextPriority(next());
    venue.killed = next() != 0;
  }

  private void asset() {
    int id = nextInt();
    int scale = nextInt();
    long[] code = new long[Assets.CODE_LONGS];
    nextInto(code, 0, code.length);
    venue.assets.add(id, code, scale);
  }

  private void symbol() {
    Market.Definition d = new Market.Definition();
    d.id = nextInt();
    nextInto(d.name, 0, d.name.length);
    d.baseAsset = venue.assets.find(nextInt());
    d.quoteAsset = venue.assets.find(nextInt());
    d.tickUnit = next();
    d.lotUnit = next();
    d.baseOne = Control.tenTo(venue.assets.scale(d.baseAsset));
    d.defaultMode = nextInt();
    int status = nextInt();
    long[] numbers = new long[6];
    nextInto(numbers, 0, numbers.length);
    long[] rates = new long[2 * Market.TIERS];
    nextInto(rates, 0, rates.length);
    Market m = new Market(venue, venue.marketCount(), d, rules());
    m.status = status;
    m.referencePrice = numbers[0];
    m.lastTicks = numbers[1];
    m.nextTradeId = numbers[2];
    m.nextExecutionId = numbers[3];
    m.nextPreventedMatchId = numbers[4];
    m.nextUpdateId = numbers[5];
    for (int tier = 0; tier < Market.TIERS; tier++) {
      m.rates(tier, rates[tier], rates[Market.TIERS + tier]);
    }
    venue.addMarket(m);
  }

  private Rules rules() {
    byte[] wire = new byte[State.FILTER_LONGS * 8];
    for (int i = 0; i < State.FILTER_LONGS; i++) {
      long packed = next();
      for (int j = 0; j < 8; j++) {
        wire[i * 8 + j] = (byte) (packed >>> 8 * j);
      }
    }
    FiltersDecoder filters = new FiltersDecoder();
    filters.wrap(new UnsafeBuffer(wire), 0);
    return new Rules(filters);
  }

  private Market market(int symbol) {
    Market m = venue.findMarket(symbol);
    if (m == null) {
      throw new IllegalArgumentException("symbol " + symbol + " is not in the snapshot");
    }
    return m;
  }

  private void bucket() {
    Market m = market(nextInt());
    long[] buckets = m.average.buckets();
    int at = (int) (fields[next] % Average.MINUTES_MAX) * Average.stride();
    nextInto(buckets, at, Average.stride());
  }

  private void account() {
    long id = next();
    int slot = venue.accounts.find(id);
    if (slot < 0) {
      slot = venue.accounts.add(id);
    }
    boolean enabled = next() != 0;
    int flags = nextInt();
    venue.accounts.killed(slot, (flags & State.KILLED) != 0);
    venue.accounts.frozen(slot, (flags & State.FROZEN) != 0);
    int tier = nextInt();
    long group = next();
    venue.accounts.options(slot, enabled, tier, group, nextInt());
  }

  private void balance() {
    int account = venue.accounts.find(next());
    int asset = venue.assets.find(nextInt());
    int balance = venue.ledger.balance(account, asset);
    long total = next();
    venue.ledger.tentative(balance, total, next());
  }

  private void list() {
    Lists lists = venue.lists;
    int slot = lists.allocate();
    long id = next();
    long account = next();
    Market m = market(nextInt());
    int type = nextInt();
    int position = venue.position(venue.accounts.find(account), m);
    lists.held(slot, next());
    lists.describe(slot, id, account, type, m.slot, position, next());
    for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
      lists.legId(slot, leg, next());
    }
    nextInto(lists.clientIdArray(), lists.clientIdAt(slot), Orders.CLIENT_ID_LONGS);
    venue.listSlots.add(id, slot);
    venue.listClientIds.add(slot);
    venue.positions.addLists(position, 1);
  }

  private void order() {
    Orders orders = venue.orders;
    int o = orders.allocate();
    orders.id(o, next());
    int account = venue.accounts.find(next());
    Market m = market(nextInt());
    orders.market(o, m.slot);
    orders.flags(o, nextInt());
    orders.price(o, next());
    orders.left(o, next());
    long lots = next();
    orders.shown(o, 0);
    orders.executed(o, next());
    orders.held(o, next());
    orders.quantity(o, next());
    long list = next();
    orders.list(o, list < 0 ? -1 : venue.listSlots.find(list));
    long extreme = next();
    nextInto(orders.clientIdArray(), orders.coldAt(o), Orders.COLD_USED);
    if (orders.list(o) >= 0) {
      venue.lists.leg(orders.list(o), orders.leg(o), o);
    }
    life.attach(o, venue.position(account, m));
    int state = orders.state(o);
    if (state == Orders.RESTING) {
      shown.add(new Shown(o, orders.cold(o, Orders.PRIORITY), lots));
    } else if (state == Orders.STOPPED) {
      m.stops.add(o);
    } else if (state == Orders.TRAILING) {
      followers.add(new Follower(o, extreme));
    }
  }

  private void showOrders() {
    shown.sort(Comparator.comparingLong(Shown::priority));
    for (Shown one : shown) {
      Market m = venue.market(venue.orders.market(one.order));
      venue.books.show(m, one.order, one.lots);
    }
  }

  /** Groups are made from the extreme farthest from the price to the nearest. */
  private void follow() {
    followers.sort(
        Comparator.comparingLong(
            f -> venue.orders.side(f.order) == Codes.SELL ? -f.extreme : f.extreme));
    for (Follower one : followers) {
      Market m = venue.market(venue.orders.market(one.order));
      m.stops.restore(one.order, one.extreme);
    }
  }

  private void queue() {
    Market m = market(nextInt());
    next();
    boolean list = next() != 0;
    long id = next();
    int node =
        list
            ? WorkQueue.list(venue.listSlots.find(id))
            : WorkQueue.order(venue.orderSlots.find(id));
    m.queue.push(node);
  }

  private void hold() {
    long id = next();
    int account = venue.accounts.find(next());
    int asset = nextInt();
    long amount = next();
    long deadline = next();
    int slot = asset == 0 ? -1 : venue.assets.find(asset);
    venue.holds.open(id, account, slot, amount, deadline, next());
  }

  private void token() {
    long id = next();
    int token = venue.tokens.create(id, venue.accounts.find(next()));
    venue.tokens.hold(token, next());
  }

  private void closedId() {
    int account = venue.accounts.find(next());
    Market m = market(nextInt());
    next();
    int position = venue.position(account, m);
    ClosedIds closed = venue.positions.closed(position);
    if (closed == null) {
      closed = new ClosedIds(venue.accounts.window(account));
      venue.positions.closed(position, closed);
    }
    closed.add(fields, next);
  }

  private void digest() {
    next();
    long high = next();
    long low = next();
    digests.add(high, low, next());
  }

  private Sources.Source source(int id) {
    Sources.Source source = sources.find(id);
    if (source == null) {
      throw new IllegalArgumentException("no room for source " + id);
    }
    return source;
  }

  private void source() {
    Sources.Source source = source(nextInt());
    source.last = next();
    source.frozen = next() != 0;
  }

  private void outcome() {
    Sources.Source source = source(nextInt());
    long last = source.last;
    long n = next();
    long high = next();
    long low = next();
    RejectReason reason = RejectReason.of(nextInt());
    source.record(n, high, low, reason, next());
    source.last = last;
  }
}
