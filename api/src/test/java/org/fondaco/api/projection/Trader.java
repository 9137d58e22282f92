package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;

/** Trades on a real engine from a seed, with every kind of order that leaves a trace in history. */
final class Trader {
  static final int SYMBOL = 1;
  static final List<Long> ACCOUNTS = List.of(1_000L, 1_001L, 1_002L);
  private static final int BASE = 1;
  private static final int QUOTE = 2;
  private static final long UNIT = 100_000_000;
  private static final int IN_FLIGHT = 64;

  private final Random random;
  private final List<Long> placed = new ArrayList<>();
  private long refused;

  Trader(long seed) {
    this.random = new Random(seed);
  }

  void open(EngineGateway gateway) {
    List<Command> opening = new ArrayList<>();
    opening.add(new Command.AddAsset(BASE, "BTC", 8));
    opening.add(new Command.AddAsset(QUOTE, "USDT", 8));
    opening.add(
        new Command.AddSymbol(
            SYMBOL,
            "BTCUSDT",
            BASE,
            QUOTE,
            1_000_000,
            10_000,
            SelfTradePreventionMode.NONE,
            filters()));
    opening.add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
    opening.add(new Command.SetFees(SYMBOL, 0, 75_000, 100_000));
    for (long account : ACCOUNTS) {
      opening.add(new Command.SetAccount(account, true, 0, -1, 0));
      opening.add(
          new Command.TransferBatch(
              List.of(funding(account, BASE, 1_000), funding(account, QUOTE, 1_000_000))));
    }
    for (Command command : opening) {
      assertThat(gateway.submit(command).join().reason()).isEqualTo(RejectReason.NONE);
    }
  }

  /** Every command is answered, accepted or not, whatever the database does. */
  void trade(EngineGateway gateway, int commands) {
    List<CompletableFuture<CommandResult>> waiting = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      waiting.add(gateway.submit(command()));
      if (waiting.size() == IN_FLIGHT || i == commands - 1) {
        waiting.forEach(answer -> remember(answer.join()));
        waiting.clear();
      }
    }
    assertThat(refused).isLessThan(placed.size());
  }

  private void remember(CommandResult result) {
    if (result.reason() != RejectReason.NONE) {
      refused++;
    }
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.OrderAccepted accepted) {
        placed.add(accepted.orderId());
      }
    }
  }

  private Command command() {
    int kind = random.nextInt(20);
    if (kind < 4 && !placed.isEmpty()) {
      long recent = placed.get(placed.size() - 1 - random.nextInt(Math.min(40, placed.size())));
      return new Command.CancelOrder(account(), SYMBOL, recent, "", "", CancelRestriction.NONE);
    }
    if (kind == 4 && !placed.isEmpty() && random.nextBoolean()) {
      long recent = placed.get(placed.size() - 1 - random.nextInt(Math.min(40, placed.size())));
      return new Command.AmendOrder(
          account(), SYMBOL, recent, "", "m" + random.nextInt(1_000_000), lots());
    }
    if (kind == 4) {
      return new Command.PlaceOrderList(
          account(),
          SYMBOL,
          ListType.OCO,
          "list" + random.nextInt(1_000_000),
          List.of(
              spec(Side.SELL, OrderType.LIMIT_MAKER, lots(), price(110), 0),
              spec(Side.SELL, OrderType.STOP_LOSS_LIMIT, lots(), price(80), price(85))));
    }
    return new Command.PlaceOrder(account(), SYMBOL, false, order(kind));
  }

  private OrderSpec order(int kind) {
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    return switch (kind) {
      case 5, 6 -> spec(side, OrderType.MARKET, lots(), 0, 0);
      case 7, 8 ->
          side == Side.SELL
              ? spec(side, OrderType.STOP_LOSS_LIMIT, lots(), price(96), price(97))
              : spec(side, OrderType.STOP_LOSS_LIMIT, lots(), price(104), price(103));
      default -> spec(side, OrderType.LIMIT, lots(), price(95 + random.nextInt(11)), 0);
    };
  }

  private OrderSpec spec(Side side, OrderType type, long quantity, long price, long stopPrice) {
    SelfTradePreventionMode[] modes = SelfTradePreventionMode.values();
    return new OrderSpec(
        side,
        type,
        random.nextInt(6) == 0 && type == OrderType.LIMIT ? TimeInForce.IOC : TimeInForce.GTC,
        modes[random.nextInt(modes.length)],
        0,
        quantity,
        0,
        price,
        stopPrice,
        0,
        random.nextBoolean() ? random.nextInt(100) : Long.MIN_VALUE,
        random.nextBoolean() ? 1_000_000 : 0,
        "c" + random.nextLong(1L << 40));
  }

  private long account() {
    return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
  }

  private long lots() {
    return 10_000L * (1 + random.nextInt(500));
  }

  private static long price(long whole) {
    return whole * UNIT;
  }

  private static TransferLeg funding(long account, int asset, long whole) {
    return new TransferLeg(
        LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, whole * UNIT, 0, 0, 0);
  }

  private static Filters filters() {
    int allModes = (1 << SelfTradePreventionMode.values().length) - 1;
    return new Filters(
        0,
        1_000 * UNIT,
        1_000_000,
        10_000,
        1_000 * UNIT,
        10_000,
        0,
        0,
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        10,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        false,
        allModes);
  }
}
