package org.fondaco.api.stream;

import java.nio.ByteBuffer;

/** One client that subscribed. Thread-safe. */
interface Listener {

  /** Events are wrapped with the name of their stream. */
  boolean combined();

  Times times();

  /** Queues a message; returns at once. */
  void send(ByteBuffer utf8);

  /** The client missed events that it must not miss: it has to begin again. */
  void disconnect();
}
