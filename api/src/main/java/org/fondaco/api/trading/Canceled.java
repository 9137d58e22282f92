package org.fondaco.api.trading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.http.Call;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * What one command cancelled: single orders, and lists as wholes, because cancelling a leg cancels
 * its list.
 */
final class Canceled {
  private final ReadModel readModel;
  private final OrderJson orderJson;
  private final CommandResult result;
  private final LegNames.Legs legs;
  private final List<EngineEvent.Canceled> orders = new ArrayList<>();
  private final Map<Long, EngineEvent.ListStatusChanged> lists = new HashMap<>();

  Canceled(ReadModel readModel, OrderJson orderJson, CommandResult result, LegNames.Legs legs) {
    this.legs = legs;
    this.readModel = readModel;
    this.orderJson = orderJson;
    this.result = result;
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.Canceled canceled) {
        orders.add(canceled);
      } else if (event instanceof EngineEvent.ListStatusChanged changed) {
        lists.put(changed.orderListId(), changed);
      }
    }
  }

  boolean isEmpty() {
    return orders.isEmpty();
  }

  /** Writes one value for each order or list, in the order of cancellation. */
  void write(JsonWriter json, Call call, Market market, String clientOrderId) {
    Map<Long, List<Report>> units = new LinkedHashMap<>();
    for (EngineEvent.Canceled event : orders) {
      OrderView order = order(event);
      // A single order is a unit of its own; negative keys keep it apart from lists.
      long unit = order.orderListId() >= 0 ? order.orderListId() : -order.orderId();
      String id = event.clientOrderId().isEmpty() ? clientOrderId : event.clientOrderId();
      units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(new Report(order, id));
    }
    units.forEach((unit, reports) -> {
      if (unit < 0) {
        Report report = reports.getFirst();
        orderJson.canceled(
            json, call, market, report.order(), report.clientOrderId(), result.time());
      } else {
        list(json, call, market, unit, reports);
      }
    });
  }

  private record Report(OrderView order, String clientOrderId) {}

  private void list(
      JsonWriter json, Call call, Market market, long orderListId, List<Report> reports) {
    EngineEvent.ListStatusChanged changed = lists.get(orderListId);
    if (changed == null) {
      throw new IllegalStateException("list " + orderListId + " was cancelled without a word");
    }
    long account = changed.account();
    ListView list =
        readModel
            .orderList(account, orderListId)
            .orElseThrow(() -> new IllegalStateException("no list " + orderListId));
    List<String> ids = legs.of(list);
    orderJson.beginList(json, call, market, list, list.listClientOrderId(), result.time(), ids);
    json.name("orderReports").beginArray();
    for (Report report : reports) {
      orderJson.canceled(json, call, market, report.order(), report.clientOrderId(), result.time());
    }
    json.endArray().endObject();
  }

  private OrderView order(EngineEvent.Canceled event) {
    return readModel
        .order(event.account(), event.symbol(), event.orderId())
        .orElseThrow(() -> new IllegalStateException("no order " + event.orderId()));
  }
}
