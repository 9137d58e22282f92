package org.fondaco.api.userdata;

import org.fondaco.api.json.JsonWriter;

/**
 * Something about the stream itself.
 *
 * @param time microseconds since the epoch
 */
public record StreamNotice(Kind kind, long time) implements UserEvent {

  /** What happens to the stream. */
  public enum Kind {
    /** Nothing follows on it [user-data-stream.md §Event Stream Terminated]. */
    TERMINATED("eventStreamTerminated"),
    /** The venue is about to stop [web-socket-api.md §Server Shutdown]. */
    SHUTDOWN("serverShutdown");

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
    json.endObject();
  }
}
