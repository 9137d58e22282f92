package org.fondaco.api.trading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.past.Past;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Client ids of the legs of lists that a command touched. A leg that closed long ago, or before the
 * venue was started, is no longer in memory though its list is open: that one is asked from the
 * history, where it may wait.
 */
record LegNames(ReadModel readModel, Past past) {

  private record Leg(long account, int symbol, long orderId) {}

  /** The names for one answer. */
  record Legs(Map<Long, String> clientOrderIds) {

    /** Client ids of a list's legs, in their order. */
    List<String> of(ListView list) {
      return list.orders().stream()
          .map(orderId -> {
            String id = clientOrderIds.get(orderId);
            if (id == null) {
              throw new IllegalStateException("no name of leg " + orderId);
            }
            return id;
          })
          .toList();
    }
  }

  /** Fails as {@link Past#ask} does when the history is needed and cannot be reached. */
  CompletableFuture<Legs> of(CommandResult result) {
    Map<Long, String> names = new HashMap<>();
    List<Leg> forgotten = new ArrayList<>();
    for (Leg leg : named(result)) {
      readModel
          .order(leg.account(), leg.symbol(), leg.orderId())
          .map(order -> order.spec().clientOrderId())
          .ifPresentOrElse(id -> names.put(leg.orderId(), id), () -> forgotten.add(leg));
    }
    if (forgotten.isEmpty()) {
      return CompletableFuture.completedFuture(new Legs(names));
    }
    return past.ask(() -> {
      for (Leg leg : forgotten) {
        OrderView order =
            past.order(leg.account(), leg.symbol(), leg.orderId())
                .orElseThrow(RequestErrors::noSuchOrder);
        names.put(leg.orderId(), order.spec().clientOrderId());
      }
      return new Legs(names);
    });
  }

  /** The legs that an answer about this group may name. */
  private List<Leg> named(CommandResult result) {
    List<Leg> legs = new ArrayList<>();
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.ListStatusChanged e) {
        readModel.orderList(e.account(), e.orderListId()).ifPresent(list -> add(legs, list));
      } else if (event instanceof EngineEvent.Amended e) {
        readModel
            .order(e.account(), e.symbol(), e.orderId())
            .filter(order -> order.orderListId() >= 0)
            .flatMap(order -> readModel.orderList(e.account(), order.orderListId()))
            .ifPresent(list -> add(legs, list));
      }
    }
    return legs;
  }

  private static void add(List<Leg> legs, ListView list) {
    list.orders().forEach(orderId -> legs.add(new Leg(list.account(), list.symbol(), orderId)));
  }
}
