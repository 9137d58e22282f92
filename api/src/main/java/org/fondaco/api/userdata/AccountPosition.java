package org.fondaco.api.userdata;

import java.util.List;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;

/**
 * The balances that one command touched, as it left them [user-data-stream.md §Account Update].
 *
 * @param time engine time, microseconds
 */
record AccountPosition(List<Balance> balances, long time) implements UserEvent {

  /** In ledger units of the asset. */
  record Balance(AssetChanged asset, long free, long locked) {}

  @Override
  public void write(JsonWriter json, boolean microseconds) {
    json.beginObject();
    json.field("e", "outboundAccountPosition");
    json.field("E", UserEvent.time(time, microseconds));
    json.field("u", UserEvent.time(time, microseconds));
    json.name("B").beginArray();
    for (Balance balance : balances) {
      json.beginObject();
      json.field("a", balance.asset().code());
      json.field("f", balance.free(), balance.asset().scale());
      json.field("l", balance.locked(), balance.asset().scale());
      json.endObject();
    }
    json.endArray().endObject();
  }
}
