package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;

/** Orders and lists, most of them possible, some of them nonsense; and what is open to aim at. */
final class OrderGenerator {

  private static final int REMEMBERED = 60;

  private final SplittableRandom random;
  private final Map<Integer, Long> lastPrices = new HashMap<>();
  private final List<Open> recent = new ArrayList<>();
  private final List<OpenList> recentLists = new ArrayList<>();

  OrderGenerator(SplittableRandom random) {
    this.random = random;
  }

  record Open(int symbol, long orderId, long account, String clientId, long quantity) {}

  record OpenList(int symbol, long orderListId, long account, String clientId) {}

  void observe(EngineEvent event) {
    switch (event) {
      case EngineEvent.OrderAccepted e -> {
        recent.add(
            new Open(
                e.symbol(),
                e.orderId(),
                e.account(),
                e.spec().clientOrderId(),
                e.spec().quantity()));
        if (recent.size() > REMEMBERED) {
          recent.removeFirst();
        }
      }
      case EngineEvent.ListStatusChanged e -> {
        recentLists.add(
            new OpenList(e.symbol(), e.orderListId(), e.account(), e.listClientOrderId()));
        if (recentLists.size() > 10) {
          recentLists.removeFirst();
        }
      }
      case EngineEvent.Trade e -> {
        lastPrices.put(e.symbol(), e.price());
        if (random.nextInt(3) > 0) {
          recent.removeIf(open -> open.orderId() == e.takerOrderId());
        }
      }
      case EngineEvent.Canceled e -> forget(e.orderId());
      case EngineEvent.Expired e -> forget(e.orderId());
      default -> {}
    }
  }

  private void forget(long orderId) {
    if (random.nextInt(4) > 0) {
      recent.removeIf(open -> open.orderId() == orderId);
    }
  }

  Open target(SplittableRandom chooser) {
    if (recent.isEmpty() || chooser.nextInt(40) == 0) {
      return new Open(
          1 + chooser.nextInt(4),
          chooser.nextInt(50),
          Venue.FIRST_ACCOUNT + chooser.nextInt(Market.ACCOUNTS + 1),
          clientId(),
          chooser.nextInt(9_000));
    }
    return recent.get(chooser.nextInt(recent.size()));
  }

  OpenList targetList(SplittableRandom chooser) {
    if (recentLists.isEmpty() || chooser.nextInt(20) == 0) {
      return new OpenList(
          1 + chooser.nextInt(3),
          chooser.nextInt(9),
          Venue.FIRST_ACCOUNT + chooser.nextInt(Market.ACCOUNTS),
          "L" + chooser.nextInt(12));
    }
    return recentLists.get(chooser.nextInt(recentLists.size()));
  }

  String clientId() {
    int kind = random.nextInt(40);
    if (kind == 1) {
      // Ids that differ only near their end.
      return "abcdefghijklmnopqrstuvwxyz0123456789".substring(0, 28 + random.nextInt(7))
          + random.nextInt(10);
    }
    return kind == 0 ? "" : kind < 30 ? "c" + random.nextInt(400) : "d" + random.nextInt(20);
  }

  private long last(Market market) {
    return lastPrices.getOrDefault(market.symbol(), market.price(market.centre()));
  }

  /** Near the middle of the book. */
  long nearby(Market market) {
    long drift = (last(market) / market.tickUnit() - market.centre()) / 2;
    return market.price(market.centre() + drift + random.nextInt(9) - 4);
  }

  private long near(Market market, Side side) {
    // A little apart on average, so that books fill up.
    return nearby(market)
        + (random.nextInt(3) - 1 + (side == Side.BUY ? -1 : 1)) * market.tickUnit();
  }

  private long quantity(Market market) {
    return (1 + random.nextInt(random.nextInt(6) == 0 ? 50 : 12)) * market.lotUnit();
  }

  private SelfTradePreventionMode mode() {
    return SelfTradePreventionMode.values()[random.nextInt(5)];
  }

  OrderSpec order(Market market) {
    Side side = Side.of(random.nextInt(2));
    int kind = random.nextInt(100);
    OrderType type =
        kind < 50
            ? OrderType.LIMIT
            : kind < 62
                ? OrderType.MARKET
                : kind < 70 ? OrderType.LIMIT_MAKER : OrderType.of(3 + random.nextInt(4));
    OrderSpec spec = order(market, side, type, quantity(market));
    return random.nextInt(40) == 0 ? nonsense(spec) : spec;
  }

  private OrderSpec order(Market market, Side side, OrderType type, long quantity) {
    boolean limited =
        switch (type) {
          case LIMIT, LIMIT_MAKER, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> true;
          case MARKET, STOP_LOSS, TAKE_PROFIT -> false;
        };
    boolean conditional =
        switch (type) {
          case STOP_LOSS, STOP_LOSS_LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT -> true;
          case LIMIT, LIMIT_MAKER, MARKET -> false;
        };
    TimeInForce timeInForce =
        limited && type != OrderType.LIMIT_MAKER && random.nextInt(4) == 0
            ? TimeInForce.of(random.nextInt(3))
            : TimeInForce.GTC;
    long iceberg = 0;
    if (limited && timeInForce == TimeInForce.GTC && random.nextInt(4) == 0) {
      long lots = quantity / market.lotUnit();
      iceberg = Math.max(1, lots / (1 + random.nextInt(4))) * market.lotUnit();
    }
    boolean byQuote = type == OrderType.MARKET && random.nextInt(3) == 0;
    boolean trailing = conditional && random.nextInt(3) == 0;
    boolean stop = conditional && (!trailing || random.nextBoolean());
    return new OrderSpec(
        side,
        type,
        timeInForce,
        mode(),
        trailing ? 50 * (1 + random.nextInt(16)) : 0,
        byQuote ? 0 : quantity,
        byQuote ? quoteAmount(market) : 0,
        limited ? near(market, side) : 0,
        stop ? stopPrice(market, side, type) : 0,
        iceberg,
        random.nextInt(9) == 0 ? random.nextInt(5) : Long.MIN_VALUE,
        random.nextInt(9) == 0 ? 1_000_000 : 0,
        clientId());
  }

  private long quoteAmount(Market market) {
    return market.quote() == Venue.HUGE
        ? random.nextLong(200_000_000_000_000_000L) + 1
        : 1L + random.nextInt(30_000);
  }

  private long stopPrice(Market market, Side side, OrderType type) {
    boolean stopLoss = type == OrderType.STOP_LOSS || type == OrderType.STOP_LOSS_LIMIT;
    boolean above = stopLoss == (side == Side.BUY);
    long away = (random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4)) * market.tickUnit();
    return Math.max(market.tickUnit(), last(market) + (above ? away : -away));
  }

  /** One field that does not fit. */
  private OrderSpec nonsense(OrderSpec spec) {
    int field = random.nextInt(9);
    long odd = random.nextInt(5) == 0 ? Long.MAX_VALUE - random.nextInt(9) : random.nextInt(99) - 9;
    return new OrderSpec(
        spec.side(),
        field == 7 ? OrderType.of(random.nextInt(7)) : spec.type(),
        field == 0 ? TimeInForce.of(random.nextInt(3)) : spec.timeInForce(),
        spec.selfTradePreventionMode(),
        field == 1 ? (int) odd : spec.trailingDelta(),
        field == 2 ? odd : spec.quantity(),
        field == 3 ? odd : spec.quoteOrderQuantity(),
        field == 4 ? odd : spec.price(),
        field == 5 ? odd : spec.stopPrice(),
        field == 6 ? odd : spec.icebergQuantity(),
        spec.strategyId(),
        spec.strategyType(),
        spec.clientOrderId());
  }

  List<OrderSpec> legs(Market market, ListType type) {
    List<OrderSpec> legs = new ArrayList<>();
    if (type != ListType.OCO) {
      OrderType working = random.nextInt(3) == 0 ? OrderType.LIMIT_MAKER : OrderType.LIMIT;
      legs.add(order(market, Side.of(random.nextInt(2)), working, quantity(market)));
    }
    if (type == ListType.OTO) {
      legs.add(order(market));
    } else {
      legs.addAll(pair(market));
    }
    if (random.nextInt(40) == 0) {
      int leg = random.nextInt(legs.size());
      legs.set(leg, nonsense(legs.get(leg)));
    }
    if (random.nextInt(100) == 0) {
      legs.remove(random.nextInt(legs.size()));
    }
    return legs;
  }

  private List<OrderSpec> pair(Market market) {
    Side side = Side.of(random.nextInt(2));
    long quantity = quantity(market);
    OrderType profit =
        random.nextInt(3) > 0
            ? OrderType.LIMIT_MAKER
            : random.nextBoolean() ? OrderType.TAKE_PROFIT : OrderType.TAKE_PROFIT_LIMIT;
    OrderType loss = random.nextBoolean() ? OrderType.STOP_LOSS : OrderType.STOP_LOSS_LIMIT;
    OrderSpec profitLeg = order(market, side, profit, quantity);
    if (profit == OrderType.LIMIT_MAKER && random.nextInt(5) > 0) {
      profitLeg = at(profitLeg, stopPrice(market, side, OrderType.TAKE_PROFIT));
    }
    OrderSpec lossLeg = order(market, side, loss, quantity);
    return new ArrayList<>(
        side == Side.SELL ? List.of(profitLeg, lossLeg) : List.of(lossLeg, profitLeg));
  }

  private static OrderSpec at(OrderSpec spec, long price) {
    return new OrderSpec(
        spec.side(),
        spec.type(),
        spec.timeInForce(),
        spec.selfTradePreventionMode(),
        spec.trailingDelta(),
        spec.quantity(),
        spec.quoteOrderQuantity(),
        price,
        spec.stopPrice(),
        spec.icebergQuantity(),
        spec.strategyId(),
        spec.strategyType(),
        spec.clientOrderId());
  }
}
