package org.fondaco.api.admin;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers signed requests that may change something, so that a repetition changes nothing.
 * Nothing has to survive a restart: what was signed before this process could serve is refused by
 * its time. Thread-safe.
 */
final class Repetitions {

  /** A request is accepted from 1 s before its timestamp to 60 s after it. */
  private static final long KEPT_MICROS = 62_000_000;

  /** A sender's clock may be that much ahead, so the run before may have taken what is now. */
  private static final long AHEAD_MICROS = 1_000_000;

  private final long earliestMicros;
  private final Map<Digest, Long> seen = new LinkedHashMap<>();

  private record Digest(long high, long low) {}

  /**
   * @param startMicros when this process began to serve, microseconds since the epoch
   */
  Repetitions(long startMicros) {
    earliestMicros = startMicros + AHEAD_MICROS;
  }

  /** Whether a run before this one may have executed it. */
  boolean olderThanThisRun(long timestampMicros) {
    return timestampMicros < earliestMicros;
  }

  /** Takes note of a request; false = it was there before. */
  synchronized boolean first(long digestHigh, long digestLow, long nowMicros) {
    Iterator<Long> oldestFirst = seen.values().iterator();
    while (oldestFirst.hasNext() && nowMicros - oldestFirst.next() > KEPT_MICROS) {
      oldestFirst.remove();
    }
    return seen.putIfAbsent(new Digest(digestHigh, digestLow), nowMicros) == null;
  }
}
