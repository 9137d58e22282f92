package org.fondaco.api.wsapi;

import java.util.List;
import java.util.Random;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;

/** Commands of few accounts at few prices, so that everything collides; the same for a seed. */
final class RandomTrading {
  private static final long UNIT = 100_000_000;
  private static final long MIDDLE = 100 * UNIT;
  private static final long STEP = UNIT / 2;
  private static final long LOT = UNIT / 10;

  private final Random random;
  private final ReadModel readModel;
  private final long[] accounts;
  private final int symbol;
  private int names;

  RandomTrading(long seed, ReadModel readModel, int symbol, long... accounts) {
    this.random = new Random(seed);
    this.readModel = readModel;
    this.symbol = symbol;
    this.accounts = accounts;
  }

  Command next() {
    long account = accounts[random.nextInt(accounts.length)];
    int kind = random.nextInt(100);
    if (kind < 60) {
      return new Command.PlaceOrder(account, symbol, false, order());
    }
    if (kind < 70) {
      return list(account);
    }
    if (kind == 70) {
      return new Command.CancelAll(account, symbol);
    }
    List<OrderView> open = readModel.openOrders(account, symbol);
    if (open.isEmpty()) {
      return new Command.PlaceOrder(account, symbol, false, order());
    }
    OrderView target = open.get(random.nextInt(open.size()));
    if (kind < 80) {
      return new Command.CancelOrder(
          account, symbol, target.orderId(), "", name(), CancelRestriction.NONE);
    }
    if (kind < 88) {
      return new Command.CancelReplace(
          account,
          symbol,
          random.nextBoolean()
              ? CancelReplaceMode.STOP_ON_FAILURE
              : CancelReplaceMode.ALLOW_FAILURE,
          CancelRestriction.NONE,
          target.orderId(),
          "",
          name(),
          order());
    }
    if (kind < 97) {
      long quantity = Math.max(LOT / 2, target.spec().quantity() - LOT * (1 + random.nextInt(2)));
      return new Command.AmendOrder(
          account, symbol, target.orderId(), "", random.nextBoolean() ? name() : "", quantity);
    }
    return new Command.MoveOrder(account, symbol, target.orderId(), price());
  }

  private OrderSpec order() {
    Side side = side();
    return switch (random.nextInt(14)) {
      case 0 -> spec(side, OrderType.MARKET, TimeInForce.GTC, quantity(), 0, 0, 0, 0, 0);
      case 1 ->
          spec(
              side,
              OrderType.MARKET,
              TimeInForce.GTC,
              0,
              (5 + random.nextInt(300)) * UNIT,
              0,
              0,
              0,
              0);
      case 2 -> spec(side, OrderType.LIMIT_MAKER, TimeInForce.GTC, quantity(), 0, price(), 0, 0, 0);
      case 3 -> spec(side, OrderType.STOP_LOSS, TimeInForce.GTC, quantity(), 0, 0, price(), 0, 0);
      case 4 ->
          spec(
              side,
              OrderType.STOP_LOSS_LIMIT,
              TimeInForce.GTC,
              quantity(),
              0,
              price(),
              price(),
              0,
              0);
      case 5 ->
          spec(
              side,
              OrderType.TAKE_PROFIT_LIMIT,
              TimeInForce.GTC,
              quantity(),
              0,
              price(),
              price(),
              0,
              0);
      case 6 ->
          spec(
              side,
              OrderType.STOP_LOSS,
              TimeInForce.GTC,
              quantity(),
              0,
              0,
              0,
              0,
              10 + random.nextInt(200));
      case 7 -> spec(side, OrderType.LIMIT, TimeInForce.IOC, quantity(), 0, price(), 0, 0, 0);
      case 8 -> spec(side, OrderType.LIMIT, TimeInForce.FOK, quantity(), 0, price(), 0, 0, 0);
      case 9 -> {
        long lots = 4L + random.nextInt(12);
        yield spec(side, OrderType.LIMIT, TimeInForce.GTC, lots * LOT, 0, price(), 0, 2 * LOT, 0);
      }
      default -> spec(side, OrderType.LIMIT, TimeInForce.GTC, quantity(), 0, price(), 0, 0, 0);
    };
  }

  private Command list(long account) {
    long quantity = quantity();
    OrderSpec above =
        spec(
            Side.SELL,
            OrderType.LIMIT_MAKER,
            TimeInForce.GTC,
            quantity,
            0,
            MIDDLE + 4 * STEP,
            0,
            0,
            0);
    OrderSpec below =
        spec(
            Side.SELL,
            OrderType.STOP_LOSS,
            TimeInForce.GTC,
            quantity,
            0,
            0,
            MIDDLE - 4 * STEP,
            0,
            0);
    OrderSpec working =
        spec(side(), OrderType.LIMIT, TimeInForce.GTC, quantity, 0, price(), 0, 0, 0);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Command.PlaceOrderList(account, symbol, ListType.OCO, name(), List.of(above, below));
      case 1 ->
          new Command.PlaceOrderList(
              account, symbol, ListType.OTO, name(), List.of(working, order()));
      default ->
          new Command.PlaceOrderList(
              account, symbol, ListType.OTOCO, name(), List.of(working, above, below));
    };
  }

  private OrderSpec spec(
      Side side,
      OrderType type,
      TimeInForce time,
      long quantity,
      long quote,
      long price,
      long stopPrice,
      long iceberg,
      int trailingDelta) {
    SelfTradePreventionMode[] modes = SelfTradePreventionMode.values();
    boolean tagged = random.nextInt(4) == 0;
    return new OrderSpec(
        side,
        type,
        time,
        modes[random.nextInt(modes.length)],
        trailingDelta,
        quantity,
        quote,
        price,
        stopPrice,
        iceberg,
        tagged ? random.nextInt(1_000) : Long.MIN_VALUE,
        tagged ? 1_000_000 + random.nextInt(10) : 0,
        name());
  }

  private Side side() {
    return random.nextBoolean() ? Side.BUY : Side.SELL;
  }

  private long quantity() {
    return LOT * (1 + random.nextInt(10));
  }

  private long price() {
    return MIDDLE + STEP * (random.nextInt(9) - 4);
  }

  private String name() {
    return "r" + ++names;
  }
}
