package org.fondaco.api.userdata;

import org.fondaco.api.json.JsonWriter;

/**
 * A listen key was not kept alive; its time is text, as documented [user-data-stream.md of
 * 2024-04-02, §Listen Key Expired].
 *
 * @param timeMillis milliseconds since the epoch
 */
record ListenKeyExpired(String listenKey, long timeMillis) implements UserEvent {

  @Override
  public void write(JsonWriter json, boolean microseconds) {
    json.beginObject();
    json.field("e", "listenKeyExpired");
    json.field("E", Long.toString(microseconds ? timeMillis * 1_000 : timeMillis));
    json.field("listenKey", listenKey);
    json.endObject();
  }
}
