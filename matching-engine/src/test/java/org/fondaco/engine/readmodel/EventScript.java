package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;

/**
 * Seeded groups of events as an engine could say them: every kind of change of orders and lists, in
 * random order, without the rules of a market. What it writes is consistent: no order trades more
 * than it has or changes after its end.
 */
final class EventScript {

  static final int[] SYMBOLS = {1, 2};
  static final long[] ACCOUNTS = {1000, 1001, 1002, 1003};

  private static final class Live {
    final int symbol;
    final long orderId;
    final long account;
    final long list;
    final Side side;
    boolean pending;
    boolean working;
    long quantity;
    long gone;
    String clientId;

    Live(int symbol, long orderId, long account, long list, OrderSpec spec) {
      this.symbol = symbol;
      this.orderId = orderId;
      this.account = account;
      this.list = list;
      this.side = spec.side();
      this.quantity = spec.quantity();
      this.clientId = spec.clientOrderId();
    }

    long remaining() {
      return quantity - gone;
    }
  }

  private final Random random;
  private final List<Live> open = new ArrayList<>();
  private final TreeMap<Long, EngineEvent.ListStatusChanged> openLists = new TreeMap<>();
  private List<EngineEvent> events = new ArrayList<>();
  private long sequence;
  private long time = 1_700_000_000_000_000L;
  private long nextOrder = 1;
  private long nextList = 1;
  private final long[] nextTrade = new long[3];
  private final long[] nextExecution = {0, 1, 1};
  private final long[] nextUpdate = {0, 1, 1};
  private long nextMatch;

  EventScript(long seed) {
    this.random = new Random(seed);
  }

  Group first() {
    for (int asset = 1; asset <= 3; asset++) {
      events.add(new EngineEvent.AssetChanged(asset, "A" + asset, 8));
    }
    events.add(symbol(1, "A1A3", 1, 3));
    events.add(symbol(2, "A2A3", 2, 3));
    events.add(new EngineEvent.FeesChanged(1, 0, 100_000, 200_000));
    for (long account : ACCOUNTS) {
      events.add(new EngineEvent.AccountChanged(account, true, false, 0, -1, 0));
    }
    return done();
  }

  static EngineEvent.SymbolChanged symbol(int id, String name, int base, int quote) {
    return new EngineEvent.SymbolChanged(
        id,
        name,
        base,
        quote,
        1_000_000,
        1_000,
        SymbolStatus.TRADING,
        SelfTradePreventionMode.NONE,
        0,
        new Filters(
            1, 1_000_000, 1, 1, 1_000_000, 1, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0,
            0, 0, 200, 5, 20, 10, false, false, 31));
  }

  Group next() {
    time += random.nextInt(1_000_000);
    switch (open.size() < 6 ? random.nextInt(3) : random.nextInt(12)) {
      case 0, 1 -> place();
      case 2 -> placeList();
      case 3 -> cancel(pick());
      case 4 -> expire(pick(), OrderStatus.EXPIRED, ExpiryReason.EXCHANGE_CANCELED);
      case 5 -> amend(pick());
      case 6 -> move(pick());
      case 7 -> prevent(pick(), pick());
      case 8 -> trigger(pick());
      case 9 -> trailingStarted(pick());
      default -> trade(pick(), pick());
    }
    int touched = random.nextInt(4);
    for (int i = 0; i < touched; i++) {
      level();
      balance();
    }
    return done();
  }

  private Group done() {
    sequence++;
    events.add(new EngineEvent.CommandDone(sequence, time, 1, RejectReason.NONE));
    Group group = new Group(sequence, time, List.copyOf(events));
    events = new ArrayList<>();
    return group;
  }

  private Live pick() {
    return open.get(random.nextInt(open.size()));
  }

  private long execution(int symbol) {
    return nextExecution[symbol]++;
  }

  private String freeClientId(long account, int symbol) {
    // Few ids, so that closed ones are taken again; uniqueness among open ones is the engine's.
    for (int n = random.nextInt(5); ; n++) {
      String id = "id-" + n;
      if (open.stream()
          .noneMatch(o -> o.account == account && o.symbol == symbol && o.clientId.equals(id))) {
        return id;
      }
    }
  }

  private Live accept(int symbol, long account, long list, boolean pending) {
    boolean trailing = random.nextInt(4) == 0;
    boolean conditional = trailing || random.nextInt(4) == 0;
    OrderSpec spec =
        new OrderSpec(
            random.nextBoolean() ? Side.BUY : Side.SELL,
            conditional ? OrderType.STOP_LOSS_LIMIT : OrderType.LIMIT,
            TimeInForce.GTC,
            SelfTradePreventionMode.EXPIRE_MAKER,
            trailing ? 100 : 0,
            10 + random.nextInt(90),
            0,
            1 + random.nextInt(50),
            conditional && (!trailing || random.nextBoolean()) ? 1 + random.nextInt(50) : 0,
            0,
            Long.MIN_VALUE,
            0,
            freeClientId(account, symbol));
    Live order = new Live(symbol, nextOrder++, account, list, spec);
    order.pending = pending;
    order.working = !pending && !conditional;
    events.add(
        new EngineEvent.OrderAccepted(
            symbol,
            order.orderId,
            account,
            list,
            execution(symbol),
            pending ? OrderStatus.PENDING_NEW : OrderStatus.NEW,
            order.working,
            spec));
    open.add(order);
    return order;
  }

  private int anySymbol() {
    return SYMBOLS[random.nextInt(SYMBOLS.length)];
  }

  private long anyAccount() {
    return ACCOUNTS[random.nextInt(ACCOUNTS.length)];
  }

  private void place() {
    Live taker = accept(anySymbol(), anyAccount(), -1, false);
    int trades = taker.working ? random.nextInt(4) : 0;
    for (int i = 0; i < trades && open.contains(taker); i++) {
      trade(taker, pick());
    }
    if (random.nextInt(5) == 0 && open.contains(taker)) {
      expire(taker, OrderStatus.EXPIRED, ExpiryReason.UNFILLED_IOC_QUANTITY_EXPIRED);
    }
  }

  private void placeList() {
    int symbol = anySymbol();
    long account = anyAccount();
    long list = nextList++;
    boolean oco = random.nextBoolean();
    Live first = accept(symbol, account, list, false);
    Live second = accept(symbol, account, list, !oco);
    EngineEvent.ListStatusChanged started =
        new EngineEvent.ListStatusChanged(
            symbol,
            list,
            account,
            oco ? ContingencyType.OCO : ContingencyType.OTO,
            ListStatusType.EXEC_STARTED,
            ListOrderStatus.EXECUTING,
            "list-" + list % 7 + "-" + list,
            first.orderId,
            second.orderId,
            0);
    events.add(started);
    openLists.put(list, started);
  }

  private void trade(Live taker, Live other) {
    if (taker == other
        || taker.symbol != other.symbol
        || taker.side == other.side
        || !taker.working
        || !other.working) {
      return;
    }
    long quantity = 1 + random.nextLong(Math.min(taker.remaining(), other.remaining()));
    long price = 1 + random.nextLong(50);
    long execution = execution(taker.symbol);
    execution(taker.symbol);
    events.add(
        new EngineEvent.Trade(
            taker.symbol,
            nextTrade[taker.symbol]++,
            price,
            quantity,
            price * quantity,
            taker.side,
            taker.orderId,
            other.orderId,
            taker.account,
            other.account,
            random.nextInt(5),
            random.nextInt(5),
            execution,
            execution + 1));
    reduce(taker, quantity);
    reduce(other, quantity);
    endIfDone(other);
    endIfDone(taker);
  }

  private static void reduce(Live order, long quantity) {
    order.gone += quantity;
  }

  private void endIfDone(Live order) {
    if (order.remaining() == 0) {
      ended(order);
    }
  }

  /** The end of a working leg activates its sibling, of the last leg the list. */
  private void ended(Live order) {
    open.remove(order);
    EngineEvent.ListStatusChanged list = openLists.get(order.list);
    if (list == null) {
      return;
    }
    List<Live> left = open.stream().filter(o -> o.list == order.list).toList();
    for (Live pending : left) {
      if (pending.pending) {
        pending.pending = false;
        pending.working = random.nextBoolean();
        events.add(
            new EngineEvent.Activated(
                pending.symbol,
                pending.orderId,
                pending.account,
                execution(pending.symbol),
                pending.working));
      }
    }
    if (left.isEmpty()) {
      openLists.remove(order.list);
      events.add(
          new EngineEvent.ListStatusChanged(
              list.symbol(),
              list.orderListId(),
              list.account(),
              list.contingencyType(),
              ListStatusType.ALL_DONE,
              ListOrderStatus.ALL_DONE,
              "cancel-request",
              list.order1(),
              list.order2(),
              0));
    }
  }

  private void cancel(Live order) {
    events.add(
        new EngineEvent.Canceled(
            order.symbol, order.orderId, order.account, execution(order.symbol), "cancel-request"));
    ended(order);
  }

  private void expire(Live order, OrderStatus status, ExpiryReason reason) {
    events.add(
        new EngineEvent.Expired(
            order.symbol, order.orderId, order.account, execution(order.symbol), reason, status));
    ended(order);
  }

  private void amend(Live order) {
    if (order.remaining() < 2) {
      return;
    }
    long quantity = order.gone + 1 + random.nextLong(order.remaining() - 1);
    String old = order.clientId;
    String clientId = random.nextBoolean() ? old : freeClientId(order.account, order.symbol);
    events.add(
        new EngineEvent.Amended(
            order.symbol,
            order.orderId,
            order.account,
            execution(order.symbol),
            quantity,
            clientId,
            old));
    order.quantity = quantity;
    order.clientId = clientId;
  }

  private void move(Live order) {
    if (!order.working) {
      return;
    }
    events.add(
        new EngineEvent.Moved(
            order.symbol,
            order.orderId,
            order.account,
            execution(order.symbol),
            1 + random.nextInt(50)));
  }

  private void trigger(Live order) {
    if (!order.working && !order.pending) {
      order.working = true;
      events.add(
          new EngineEvent.Triggered(
              order.symbol, order.orderId, order.account, execution(order.symbol)));
    }
  }

  private void trailingStarted(Live order) {
    if (!order.working && !order.pending) {
      events.add(new EngineEvent.TrailingStarted(order.symbol, order.orderId, order.account));
    }
  }

  private void prevent(Live taker, Live maker) {
    if (taker == maker || taker.symbol != maker.symbol || !taker.working || !maker.working) {
      return;
    }
    boolean decrement = random.nextBoolean();
    long quantity = Math.min(taker.remaining(), maker.remaining());
    events.add(
        new EngineEvent.PreventedMatch(
            taker.symbol,
            nextMatch++,
            taker.orderId,
            maker.orderId,
            taker.account,
            maker.account,
            -1,
            decrement ? SelfTradePreventionMode.DECREMENT : SelfTradePreventionMode.EXPIRE_MAKER,
            7,
            quantity,
            decrement ? quantity : 0,
            decrement ? quantity : maker.remaining(),
            decrement ? execution(taker.symbol) : 0,
            execution(taker.symbol)));
    if (decrement) {
      reduce(taker, quantity);
      reduce(maker, quantity);
    } else {
      reduce(maker, maker.remaining());
    }
    for (Live side : List.of(taker, maker)) {
      if (side.remaining() == 0) {
        expire(side, OrderStatus.EXPIRED_IN_MATCH, ExpiryReason.SELF_TRADE_PREVENTION);
      }
    }
  }

  private void level() {
    int symbol = anySymbol();
    events.add(
        new EngineEvent.LevelChanged(
            symbol,
            nextUpdate[symbol]++,
            random.nextBoolean() ? Side.BUY : Side.SELL,
            1 + random.nextInt(50),
            random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(100)));
  }

  private void balance() {
    long total = random.nextInt(1000);
    events.add(
        new EngineEvent.BalanceChanged(
            anyAccount(), 1 + random.nextInt(3), total, total == 0 ? 0 : random.nextLong(total)));
  }
}
