package org.fondaco.api.stream;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are an account's own: their name is a listen key, and they are subscribed to
 * like any other, by {@code /ws/<listenKey>}, {@code /stream?streams=<listenKey>} or SUBSCRIBE. The
 * connection, the envelope of combined streams and the subscription list are the market streams'.
 */
@FunctionalInterface
public interface UserStreams {

  /** Nobody has a listen key. */
  UserStreams NONE = (listenKey, microseconds, events) -> null;

  /** Ends a subscription; no event follows once it has returned. */
  @FunctionalInterface
  interface Subscription {
    void end();
  }

  /**
   * Subscribes to the events of a listen key.
   *
   * @param listenKey a stream name that no market stream has; not trustworthy
   * @param microseconds times are wanted in microseconds
   * @param events takes each event, one whole JSON object in UTF-8, and returns at once; the buffer
   *     is not changed
   * @return null when it is no live listen key
   */
  @Nullable Subscription subscribe(
      String listenKey, boolean microseconds, Consumer<ByteBuffer> events);
}
