package org.fondaco.api.stream;

import org.fondaco.api.json.JsonWriter;

/** What a stream tells its subscribers, before it is text. */
@FunctionalInterface
interface Event {

  /** Writes one JSON value, in which times are as {@code times} says. */
  void write(JsonWriter json, Times times);
}
