package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Place;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.naive.NaiveState.Work;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;

/** Deferred work: triggered orders start to match, pending orders start to live. */
final class NaiveQueue {

  private final NaiveState state;
  private final NaiveLedger ledger;
  private final NaiveMarket market;
  private final NaiveLife life;
  private final NaiveStops stops;
  private final NaiveMatching matching;

  NaiveQueue(
      NaiveState state,
      NaiveLedger ledger,
      NaiveMarket market,
      NaiveLife life,
      NaiveStops stops,
      NaiveMatching matching) {
    this.state = state;
    this.ledger = ledger;
    this.market = market;
    this.life = life;
    this.stops = stops;
    this.matching = matching;
  }

  void runQueue(Symbol symbol) {
    while (symbol.status == SymbolStatus.TRADING
        && state.queueBudget > 0
        && !symbol.queue.isEmpty()) {
      Work work = symbol.queue.remove();
      if (!work.over()) {
        state.queueBudget--;
        switch (work) {
          case Order order -> runTrigger(order);
          case OrderList list -> activate(list);
        }
      }
    }
  }

  void runAllQueues() {
    state.symbols.values().forEach(this::runQueue);
  }

  private void runTrigger(Order order) {
    state.emit(
        new EngineEvent.Triggered(
            order.symbol.id, order.orderId, order.account, order.symbol.nextExecutionId++));
    order.place = Place.WORKING;
    life.expireSibling(order);
    if (fundedAsTaker(order)) {
      matching.take(order);
    } else {
      life.expire(order, ExpiryReason.REJECTED);
      life.afterEnd(order);
    }
  }

  /** A market-like BUY holds nothing until it is triggered, so it must afford its walk now. */
  private boolean fundedAsTaker(Order order) {
    return !NaiveState.marketLike(order.spec.type())
        || order.side() == Side.SELL
        || ledger.affordable(order.account, order.symbol.quote, takerCost(order));
  }

  private BigInteger takerCost(Order order) {
    if (order.side() == Side.SELL) {
      return BigInteger.valueOf(order.remaining());
    }
    return market
        .walk(
            order.symbol,
            order.account,
            order.side(),
            order.spec.selfTradePreventionMode(),
            0,
            order.remaining(),
            null)
        .cost();
  }

  private void activate(OrderList list) {
    List<Order> legs = list.pendingLegs().stream().filter(leg -> !leg.ended).toList();
    BigInteger required = BigInteger.ZERO;
    for (Order leg : legs) {
      leg.place = leg.spec.type() == OrderType.MARKET ? Place.WORKING : Place.WAITING;
      required =
          required.max(
              leg.spec.type() == OrderType.MARKET ? takerCost(leg) : ledger.requirement(leg));
    }
    Order first = legs.getFirst();
    if (!ledger.affordable(
        list.account, NaiveLedger.heldAsset(list.symbol, first.side()), required)) {
      legs.forEach(leg -> leg.place = Place.PENDING);
      legs.forEach(leg -> life.expire(leg, ExpiryReason.REJECTED));
      life.listDone(list, list.clientId);
      return;
    }
    for (Order leg : legs) {
      boolean conditional = NaiveState.conditional(leg.spec.type());
      leg.place = conditional ? Place.WAITING : Place.WORKING;
      ledger.rehold(leg);
      state.emit(
          new EngineEvent.Activated(
              list.symbol.id,
              leg.orderId,
              leg.account,
              list.symbol.nextExecutionId++,
              !conditional));
    }
    for (Order leg : legs) {
      if (!leg.ended) {
        startLeg(list, leg, legs);
      }
    }
  }

  private void startLeg(OrderList list, Order leg, List<Order> legs) {
    if (NaiveState.conditional(leg.spec.type())) {
      stops.await(leg);
    } else if (leg.spec.type() != OrderType.LIMIT_MAKER) {
      matching.take(leg);
    } else if (market.wouldTake(list.symbol, leg.side(), leg.price)) {
      legs.stream()
          .filter(other -> !other.ended)
          .forEach(o -> life.expire(o, ExpiryReason.REJECTED));
      life.listDone(list, list.clientId);
    } else {
      life.rest(leg);
    }
  }
}
