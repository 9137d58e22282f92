package org.fondaco.api.userdata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.FoldedOrder;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel.OpenState;
import org.jspecify.annotations.Nullable;

/** What is open on one account, folded event by event. Not thread-safe. */
final class OpenOrders {
  private final Map<Long, FoldedOrder> orders = new HashMap<>();
  private final Map<Long, String> listNames = new HashMap<>();

  /** Client ids of the legs of open lists, closed legs included. */
  private final Map<Long, String> legNames = new HashMap<>();

  void prime(OpenState state, Map<Long, String> closedLegs) {
    legNames.putAll(closedLegs);
    for (OrderView order : state.orders()) {
      FoldedOrder folded = FoldedOrder.of(order);
      if (folded.open()) {
        orders.put(order.orderId(), folded);
      }
      if (order.orderListId() >= 0) {
        legNames.put(order.orderId(), order.spec().clientOrderId());
      }
    }
    for (ListView list : state.lists()) {
      listNames.put(list.orderListId(), list.listClientOrderId());
    }
  }

  OrderView accepted(EngineEvent.OrderAccepted event, long time) {
    FoldedOrder order = FoldedOrder.of(event, time);
    orders.put(event.orderId(), order);
    if (event.orderListId() >= 0) {
      legNames.put(event.orderId(), event.spec().clientOrderId());
    }
    return order.view();
  }

  /**
   * The order before the next event.
   *
   * @throws IllegalStateException when it is not open: events are missing
   */
  OrderView view(long orderId) {
    return order(orderId).view();
  }

  /** Folds one event and gives the order as of it. */
  OrderView apply(long orderId, EngineEvent event, long time) {
    FoldedOrder order = order(orderId);
    order.apply(event, time);
    OrderView view = order.view();
    if (view.orderListId() >= 0) {
      legNames.put(orderId, view.spec().clientOrderId());
    }
    return view;
  }

  /** Forgets what has ended; once a group, because an order may be spoken of after its end. */
  void forgetClosed(List<Long> touched) {
    for (long orderId : touched) {
      FoldedOrder order = orders.get(orderId);
      if (order != null && !order.open()) {
        orders.remove(orderId);
      }
    }
  }

  void listed(long orderListId, String listClientOrderId) {
    listNames.put(orderListId, listClientOrderId);
  }

  /** Client id of an open list, null when it is not known. */
  @Nullable String listName(long orderListId) {
    return listNames.get(orderListId);
  }

  String legName(long orderId) {
    return legNames.getOrDefault(orderId, "");
  }

  void forgetList(long orderListId, List<Long> legs) {
    listNames.remove(orderListId);
    legs.forEach(legNames::remove);
  }

  private FoldedOrder order(long orderId) {
    FoldedOrder order = orders.get(orderId);
    if (order == null) {
      throw new IllegalStateException("an event of order " + orderId + ", which is not open");
    }
    return order;
  }
}
