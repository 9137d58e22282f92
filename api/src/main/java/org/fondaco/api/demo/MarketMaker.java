package org.fondaco.api.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Quotes one symbol around a fair price and takes a little. The quotes stand on a fixed grid of
 * prices, so that a small move of the fair price changes only a few of them. What is on the book is
 * asked of the read model each time: nothing here can disagree with the engine.
 *
 * <p>Refusals are of no consequence (a quote that would cross a customer's order is not needed
 * there); the next step asks again.
 */
final class MarketMaker {

  private static final int LEVELS = 10;

  /** Distance of two grid lines as a part of the anchor price: one basis point. */
  private static final long GRID_PART = 10_000;

  /**
   * The house stops selling when it has this many of an ordinary trader's funds less than at first.
   */
  private static final long POSITION_FUNDS_MAX = 20;

  private static final long NO_STRATEGY = Long.MIN_VALUE;

  private final DemoSymbol symbol;
  private final EngineGateway gateway;
  private final ReadModel readModel;
  private final RandomGenerator random;
  private final LongSupplier fairTicks;
  private final String clientIdPrefix;
  private final long gridTicks;
  private long orders;

  /**
   * @param fairTicks fair price in ticks of the symbol
   * @param clientIdPrefix unlike those of earlier runs
   */
  MarketMaker(
      DemoSymbol symbol,
      EngineGateway gateway,
      ReadModel readModel,
      RandomGenerator random,
      LongSupplier fairTicks,
      String clientIdPrefix) {
    this.symbol = symbol;
    this.gateway = gateway;
    this.readModel = readModel;
    this.random = random;
    this.fairTicks = fairTicks;
    this.clientIdPrefix = clientIdPrefix;
    this.gridTicks = Math.max(1, symbol.anchorPrice() / symbol.tickSize() / GRID_PART);
  }

  /** Brings the quotes to where they belong and perhaps takes; completes when all is answered. */
  CompletableFuture<Void> step() {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    Optional<EngineEvent.SymbolChanged> config = readModel.symbol(symbol.name());
    if (config.isPresent() && config.get().status() == SymbolStatus.TRADING) {
      long fair = fairTicks.getAsLong();
      TreeSet<Long> bids = new TreeSet<>();
      TreeSet<Long> asks = new TreeSet<>();
      long bestBid = Math.floorDiv(fair - 1, gridTicks) * gridTicks;
      long bestAsk = Math.ceilDiv(fair + 1, gridTicks) * gridTicks;
      for (int level = 0; level < LEVELS; level++) {
        bids.add((bestBid - level * gridTicks) * symbol.tickSize());
        asks.add((bestAsk + level * gridTicks) * symbol.tickSize());
      }
      withdrawStrays(bids, asks, answers);
      long position = position();
      long bound = symbol.base().funds() * POSITION_FUNDS_MAX;
      if (position < bound) {
        bids.forEach(price -> answers.add(quote(Side.BUY, price)));
      }
      if (position > -bound) {
        asks.forEach(price -> answers.add(quote(Side.SELL, price)));
      }
      if (random.nextBoolean()) {
        take(bestBid * symbol.tickSize(), bestAsk * symbol.tickSize(), position, bound)
            .ifPresent(answers::add);
      }
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  /** Cancels quotes that are not on the list of their side, and strikes off those that are. */
  private void withdrawStrays(
      TreeSet<Long> bids, TreeSet<Long> asks, List<CompletableFuture<?>> answers) {
    for (OrderView order : readModel.openOrders(DemoUser.MAKER.account(), symbol.id())) {
      TreeSet<Long> wanted = order.spec().side() == Side.BUY ? bids : asks;
      if (!wanted.remove(order.spec().price())) {
        answers.add(
            gateway.submit(
                new Command.CancelOrder(
                    order.account(),
                    symbol.id(),
                    order.orderId(),
                    "",
                    nextClientId(),
                    CancelRestriction.NONE)));
      }
    }
  }

  /** What the house has of the base more than at first, both accounts together; base units. */
  private long position() {
    long start = 2L * DemoUser.MAKER.fundsFactor() * symbol.base().funds();
    return base(DemoUser.MAKER.account()) + base(DemoUser.TAKER_ACCOUNT) - start;
  }

  private long base(long account) {
    return readModel.balances(account).stream()
        .filter(balance -> balance.asset() == symbol.base().id())
        .mapToLong(EngineEvent.BalanceChanged::total)
        .sum();
  }

  private CompletableFuture<?> quote(Side side, long price) {
    return place(
        DemoUser.MAKER.account(), side, OrderType.LIMIT_MAKER, TimeInForce.GTC, price, quantity());
  }

  /**
   * A small order against the best price. Goes first for a customer's order that the fair price has
   * passed; else either way, back to an even share of the two house accounts when it is uneven.
   */
  private Optional<CompletableFuture<?>> take(
      long bestBid, long bestAsk, long position, long bound) {
    ReadModel.Depth depth = readModel.depth(symbol.id(), 1);
    long share = DemoUser.MAKER.fundsFactor() * symbol.base().funds();
    long taker = base(DemoUser.TAKER_ACCOUNT);
    Side side;
    if (!depth.bids().isEmpty() && depth.bids().getFirst().price() >= bestAsk) {
      side = Side.SELL;
    } else if (!depth.asks().isEmpty() && depth.asks().getFirst().price() <= bestBid) {
      side = Side.BUY;
    } else if (taker < share / 2) {
      side = Side.BUY;
    } else if (taker > share + share / 2) {
      side = Side.SELL;
    } else {
      side = random.nextBoolean() ? Side.BUY : Side.SELL;
    }
    boolean withinBound =
        switch (side) {
          case BUY -> position < bound;
          case SELL -> position > -bound;
        };
    if (!withinBound) {
      return Optional.empty();
    }
    long limit =
        switch (side) {
          case BUY -> bestAsk + gridTicks * symbol.tickSize();
          case SELL -> bestBid - gridTicks * symbol.tickSize();
        };
    return Optional.of(
        place(DemoUser.TAKER_ACCOUNT, side, OrderType.LIMIT, TimeInForce.IOC, limit, quantity()));
  }

  /** From a tenth of the typical quantity to twice it, in whole steps. */
  private long quantity() {
    long typical = symbol.typicalQuantity();
    long quantity = random.nextLong(typical / 10, typical * 2);
    return quantity - quantity % symbol.stepSize();
  }

  private CompletableFuture<?> place(
      long account, Side side, OrderType type, TimeInForce timeInForce, long price, long quantity) {
    return gateway.submit(
        new Command.PlaceOrder(
            account,
            symbol.id(),
            false,
            new OrderSpec(
                side,
                type,
                timeInForce,
                SelfTradePreventionMode.EXPIRE_MAKER,
                0,
                quantity,
                0,
                price,
                0,
                0,
                NO_STRATEGY,
                0,
                nextClientId())));
  }

  private String nextClientId() {
    return clientIdPrefix + orders++;
  }
}
