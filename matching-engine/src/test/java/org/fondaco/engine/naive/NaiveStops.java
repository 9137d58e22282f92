package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.Place;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Side;

/** Stop and trailing orders that wait for a price. */
final class NaiveStops {

  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  private final NaiveState state;

  NaiveStops(NaiveState state) {
    this.state = state;
  }

  /** A trade at this price: trailing extremes first, then stops, then trailing orders. */
  void trigger(Symbol symbol, long price) {
    long previous = symbol.lastPrice;
    symbol.lastPrice = price;
    List<Order> waiting =
        state.openOrders.values().stream()
            .filter(o -> o.symbol == symbol && o.place == Place.WAITING && !o.queued)
            .toList();
    Comparator<Order> nearest =
        Comparator.<Order>comparingLong(o -> Math.abs(o.spec.stopPrice() - previous))
            .thenComparingLong(o -> o.orderId);
    for (Order order : waiting) {
      if (order.tracking) {
        order.extreme =
            order.side() == Side.SELL
                ? Math.max(order.extreme, price)
                : Math.min(order.extreme, price);
      }
    }
    waiting.stream()
        .filter(o -> o.spec.trailingDelta() > 0 && !o.tracking)
        .filter(o -> NaiveState.stopMet(o.spec, price))
        .sorted(nearest)
        .forEach(o -> startTracking(o, price));
    waiting.stream()
        .filter(o -> o.spec.trailingDelta() == 0 && NaiveState.stopMet(o.spec, price))
        .sorted(nearest)
        .forEach(this::enqueue);
    waiting.stream()
        .filter(o -> o.tracking && trailingMet(o, price))
        .sorted(Comparator.comparingLong(o -> o.orderId))
        .forEach(this::enqueue);
  }

  private void startTracking(Order order, long price) {
    order.tracking = true;
    order.extreme = price;
    state.emit(new EngineEvent.TrailingStarted(order.symbol.id, order.orderId, order.account));
  }

  private static boolean trailingMet(Order order, long price) {
    int delta = order.spec.trailingDelta();
    BigInteger scaled = BigInteger.valueOf(price).multiply(TEN_THOUSAND);
    BigInteger extreme = BigInteger.valueOf(order.extreme);
    return order.side() == Side.SELL
        ? scaled.compareTo(extreme.multiply(BigInteger.valueOf(10_000 - delta))) <= 0
        : scaled.compareTo(extreme.multiply(BigInteger.valueOf(10_000 + delta))) >= 0;
  }

  private void enqueue(Order order) {
    order.queued = true;
    order.symbol.queue.add(order);
  }

  /** Puts a conditional order that is not pending under observation of the last price. */
  void await(Order order) {
    order.place = Place.WAITING;
    if (order.spec.trailingDelta() > 0 && order.spec.stopPrice() == 0) {
      order.tracking = true;
      order.extreme = order.symbol.lastPrice;
    } else if (NaiveState.stopMet(order.spec, order.symbol.lastPrice)) {
      // Only an activated order can be here; a placed one would have been rejected.
      if (order.spec.trailingDelta() > 0) {
        startTracking(order, order.symbol.lastPrice);
      } else {
        enqueue(order);
      }
    }
  }
}
