package org.fondaco.api.userdata;

import java.util.List;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.EngineEvent.ListStatusChanged;

/**
 * An order list began or ended [user-data-stream.md §Order Update].
 *
 * @param listClientOrderId of the list, or of the request that cancelled it
 * @param time engine time, microseconds
 */
record ListStatus(
    String symbol, ListStatusChanged change, String listClientOrderId, List<Leg> legs, long time)
    implements UserEvent {

  record Leg(long orderId, String clientOrderId) {}

  @Override
  public void write(JsonWriter json, boolean microseconds) {
    json.beginObject();
    json.field("e", "listStatus");
    json.field("E", UserEvent.time(time, microseconds));
    json.field("s", symbol);
    json.field("g", change.orderListId());
    json.field("c", change.contingencyType().name());
    json.field("l", change.listStatusType().name());
    json.field("L", change.listOrderStatus().name());
    json.field("r", "NONE");
    json.field("C", listClientOrderId);
    json.field("T", UserEvent.time(time, microseconds));
    json.name("O").beginArray();
    for (Leg leg : legs) {
      json.beginObject();
      json.field("s", symbol);
      json.field("i", leg.orderId());
      json.field("c", leg.clientOrderId());
      json.endObject();
    }
    json.endArray().endObject();
  }
}
