package org.fondaco.api.userdata;

import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;

/**
 * Funds came or went, or were locked or unlocked, by something else than trading
 * [user-data-stream.md §Balance Update, §External Lock Update].
 *
 * @param delta ledger units of the asset, negative = less
 * @param time engine time, microseconds
 */
record BalanceChange(Kind kind, AssetChanged asset, long delta, long time) implements UserEvent {

  enum Kind {
    /** A deposit, a withdrawal, a transfer. */
    BALANCE("balanceUpdate"),
    /** Something outside of trading locks a part of the balance; negative = no more. */
    LOCK("externalLockUpdate");

    private final String event;

    Kind(String event) {
      this.event = event;
    }
  }

  @Override
  public void write(JsonWriter json, boolean microseconds) {
    json.beginObject();
    json.field("e", kind.event);
    json.field("E", UserEvent.time(time, microseconds));
    json.field("a", asset.code());
    json.field("d", delta, asset.scale());
    json.field("T", UserEvent.time(time, microseconds));
    json.endObject();
  }
}
