package org.fondaco.engine.naive;

import java.util.List;
import java.util.TreeMap;
import org.fondaco.engine.naive.NaiveMarket.PriceRange;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.TimeInForce;

/** Taking: fills and prevention, in price and priority order. */
final class NaiveMatching {

  private final NaiveState state;
  private final NaiveLedger ledger;
  private final NaiveMarket market;
  private final NaiveLife life;
  private final NaiveStops stops;

  NaiveMatching(
      NaiveState state, NaiveLedger ledger, NaiveMarket market, NaiveLife life, NaiveStops stops) {
    this.state = state;
    this.ledger = ledger;
    this.market = market;
    this.life = life;
    this.stops = stops;
  }

  /** Lets an open order that now works take what it can, then rest or end. */
  void take(Order taker) {
    Symbol symbol = taker.symbol;
    boolean anyPrice = NaiveState.marketLike(taker.spec.type());
    if (taker.spec.timeInForce() == TimeInForce.FOK) {
      NaiveMarket.Walk walk =
          market.walk(
              symbol,
              taker.account,
              taker.side(),
              taker.spec.selfTradePreventionMode(),
              taker.price,
              taker.remaining(),
              null);
      if (walk.traded() < taker.remaining()) {
        life.expire(taker, ExpiryReason.UNFILLED_FOK_ORDER_EXPIRED);
        life.afterEnd(taker);
        return;
      }
    }
    PriceRange range = market.priceRange(symbol, taker.side());
    TreeMap<Long, List<Order>> opposite = symbol.opposite(taker.side());
    boolean outOfRange = false;
    while (!taker.ended && taker.remaining() > 0 && !opposite.isEmpty() && !outOfRange) {
      long price = opposite.firstKey();
      if (!anyPrice && !symbol.crosses(taker.side(), taker.price, price)) {
        break;
      }
      Order maker = opposite.firstEntry().getValue().getFirst();
      if (taker.spec.selfTradePreventionMode() != SelfTradePreventionMode.NONE
          && market.selfTrade(taker.account, maker.account)) {
        prevent(taker, maker, price);
      } else if (!range.contains(price)) {
        outOfRange = true;
      } else {
        fill(taker, maker, price);
      }
    }
    if (!taker.ended) {
      finish(taker, anyPrice, outOfRange);
    }
    if (taker.ended) {
      life.afterEnd(taker);
    }
  }

  private void finish(Order taker, boolean anyPrice, boolean outOfRange) {
    if (taker.remaining() == 0) {
      if (taker.bookEnded) {
        life.expire(taker, ExpiryReason.INSUFFICIENT_LIQUIDITY);
      } else {
        taker.filled = true;
        life.end(taker);
      }
    } else if (outOfRange) {
      life.expire(taker, ExpiryReason.EXECUTION_RULE_PRICE_RANGE_EXCEEDED);
    } else if (anyPrice) {
      life.expire(taker, ExpiryReason.INSUFFICIENT_LIQUIDITY);
    } else if (taker.spec.timeInForce() == TimeInForce.IOC) {
      life.expire(taker, ExpiryReason.UNFILLED_IOC_QUANTITY_EXPIRED);
    } else {
      life.rest(taker);
    }
  }

  /** A resting order loses quantity by a trade or a decrement; a spent slice goes to the tail. */
  private void reduceDisplayed(Order maker, long quantity) {
    life.touch(maker);
    maker.displayed -= quantity;
    if (maker.displayed == 0 && maker.remaining() > 0) {
      life.removeFromBook(maker);
      life.rest(maker);
    }
  }

  private void fill(Order taker, Order maker, long price) {
    Symbol symbol = taker.symbol;
    long quantity = Math.min(taker.remaining(), maker.displayed);
    final boolean makersFirst = maker.executed == 0;
    final boolean takersFirst = taker.executed == 0;
    taker.executed += quantity;
    maker.executed += quantity;
    NaiveLedger.Settlement settlement = ledger.settle(taker, maker, price, quantity);
    reduceDisplayed(maker, quantity);
    market.recordTrade(symbol, quantity, settlement.quoteQuantity());
    long takerExecutionId = symbol.nextExecutionId++;
    long makerExecutionId = symbol.nextExecutionId++;
    state.emit(
        new EngineEvent.Trade(
            symbol.id,
            symbol.nextTradeId++,
            price,
            quantity,
            settlement.quoteQuantity(),
            taker.side(),
            taker.orderId,
            maker.orderId,
            taker.account,
            maker.account,
            settlement.takerFee(),
            settlement.makerFee(),
            takerExecutionId,
            makerExecutionId));
    if (takersFirst) {
      life.expireSibling(taker);
    }
    if (makersFirst) {
      life.expireSibling(maker);
    }
    stops.trigger(symbol, price);
    if (maker.remaining() == 0) {
      maker.filled = true;
      life.end(maker);
      life.afterEnd(maker);
    }
  }

  private void prevent(Order taker, Order maker, long price) {
    Symbol symbol = taker.symbol;
    SelfTradePreventionMode mode = taker.spec.selfTradePreventionMode();
    long quantity = Math.min(taker.remaining(), maker.displayed);
    long fromTaker =
        switch (mode) {
          case EXPIRE_TAKER, EXPIRE_BOTH -> taker.remaining();
          case DECREMENT -> quantity;
          case EXPIRE_MAKER, NONE -> 0;
        };
    long fromMaker =
        switch (mode) {
          case EXPIRE_MAKER, EXPIRE_BOTH -> maker.remaining();
          case DECREMENT -> quantity;
          case EXPIRE_TAKER, NONE -> 0;
        };
    long takerExecutionId = fromTaker > 0 ? symbol.nextExecutionId++ : 0;
    long makerExecutionId = fromMaker > 0 ? symbol.nextExecutionId++ : 0;
    NaiveState.Account takerAccount = state.accounts.get(taker.account);
    state.emit(
        new EngineEvent.PreventedMatch(
            symbol.id,
            symbol.nextPreventedMatchId++,
            taker.orderId,
            maker.orderId,
            taker.account,
            maker.account,
            takerAccount == null ? -1 : takerAccount.tradeGroupId,
            mode,
            price,
            quantity,
            fromTaker,
            fromMaker,
            takerExecutionId,
            makerExecutionId));
    taker.prevented += fromTaker;
    maker.prevented += fromMaker;
    if (taker.remaining() == 0) {
      life.expireInMatch(taker, takerExecutionId);
    } else {
      ledger.rehold(taker);
    }
    if (fromMaker > 0) {
      preventMaker(maker, mode, quantity, makerExecutionId);
    }
  }

  private void preventMaker(
      Order maker, SelfTradePreventionMode mode, long quantity, long executionId) {
    if (maker.remaining() == 0) {
      life.expireInMatch(maker, executionId);
    } else if (mode == SelfTradePreventionMode.DECREMENT) {
      ledger.rehold(maker);
      reduceDisplayed(maker, quantity);
    }
    life.expireSibling(maker);
    if (maker.ended) {
      life.afterEnd(maker);
    }
  }

  /** A new order, already accepted and held, starts its life. */
  void start(Order order) {
    if (NaiveState.conditional(order.spec.type())) {
      stops.await(order);
    } else if (order.spec.type() == OrderType.LIMIT_MAKER) {
      life.rest(order);
    } else {
      take(order);
    }
  }

  void amend(Order order, long newQuantity, String clientId) {
    String before = order.clientOrderId;
    order.quantity = newQuantity;
    order.clientOrderId = clientId;
    order.amends++;
    if (order.resting()) {
      order.displayed = Math.min(order.displayed, order.remaining());
      life.touch(order);
    }
    ledger.rehold(order);
    state.emit(
        new EngineEvent.Amended(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            newQuantity,
            clientId,
            before));
  }

  void move(Order order, long newPrice) {
    life.removeFromBook(order);
    order.price = newPrice;
    ledger.rehold(order);
    state.emit(
        new EngineEvent.Moved(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            newPrice));
    take(order);
  }
}
