package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Side;

/** The open state of a model as the events that would prime another. */
final class Priming {

  private Priming() {}

  static List<EngineEvent> states(LiveReadModel model) {
    List<EngineEvent> events = new ArrayList<>();
    for (long account : EventScript.ACCOUNTS) {
      events.addAll(model.balances(account));
      // Descending, as nothing promises an order.
      List<OrderView> orders = new ArrayList<>(model.openOrders(account, 0));
      Collections.reverse(orders);
      orders.forEach(order -> events.add(state(order)));
      model.openOrderLists(account).forEach(list -> events.add(state(list)));
    }
    for (int symbol : EventScript.SYMBOLS) {
      ReadModel.Depth depth = model.depth(symbol, 10_000);
      for (ReadModel.Level bid : depth.bids()) {
        events.add(new EngineEvent.LevelChanged(symbol, 0, Side.BUY, bid.price(), bid.quantity()));
      }
      for (ReadModel.Level ask : depth.asks()) {
        events.add(new EngineEvent.LevelChanged(symbol, 0, Side.SELL, ask.price(), ask.quantity()));
      }
      events.add(new EngineEvent.SymbolState(symbol, model.lastPrice(symbol), 0, depth.updateId()));
    }
    return events;
  }

  private static EngineEvent.OrderState state(OrderView order) {
    return new EngineEvent.OrderState(
        order.symbol(),
        order.orderId(),
        order.account(),
        order.orderListId(),
        order.status(),
        order.working(),
        order.spec(),
        order.executedQuantity(),
        order.executedQuote(),
        order.preventedQuantity(),
        order.acceptedTime(),
        order.workingTime(),
        order.updateTime(),
        order.trailingTime(),
        order.preventedMatchId());
  }

  private static EngineEvent.ListState state(ListView list) {
    return new EngineEvent.ListState(
        list.symbol(),
        list.orderListId(),
        list.account(),
        list.contingencyType(),
        list.listClientOrderId(),
        list.orders().get(0),
        list.orders().get(1),
        0,
        list.acceptedTime());
  }
}
