package org.fondaco.api.userdata;

import org.fondaco.api.json.JsonWriter;

/** One event of a user data stream [user-data-stream.md §User Data Stream Events]. Immutable. */
public interface UserEvent {

  /**
   * Writes the event as an object, without any wrapping.
   *
   * @param microseconds times in microseconds instead of milliseconds
   */
  void write(JsonWriter json, boolean microseconds);

  /** A time in the unit that the client wants. */
  static long time(long micros, boolean microseconds) {
    return microseconds ? micros : micros / 1_000;
  }
}
