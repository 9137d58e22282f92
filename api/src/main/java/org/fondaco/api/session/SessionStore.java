package org.fondaco.api.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions by key. A key is the hash of what the browser has, so that a copy of the store
 * lets nobody in. Thread-safe.
 */
interface SessionStore {

  /**
   * What is kept.
   *
   * @param beganMillis milliseconds since the epoch, as all times here
   */
  record Kept(String key, long beganMillis, long usedMillis, Map<String, String> attributes) {
    long userId() {
      return Long.parseLong(attributes.getOrDefault(Sessions.USER, "0"));
    }
  }

  /**
   * Keeps a session, or keeps it on.
   *
   * @param longest it may be forgotten after that time
   */
  void keep(Kept session, Duration longest);

  /** Keeps on a session that is still there; one that was ended meanwhile is not revived. */
  void keepOn(Kept session, Duration longest);

  @Nullable Kept find(String key);

  /** An unknown session is left alone. */
  boolean end(String key);

  List<Kept> of(long userId);
}
