package org.fondaco.api.socket;

/** Says when more than a number of messages came within any second. Not thread-safe. */
final class Pace {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final long[] times;
  private int next;
  private int known;

  Pace(int messagesPerSecond) {
    times = new long[messagesPerSecond];
  }

  /** Counts a message; false when it is one too many. */
  boolean message(long nowNanos) {
    boolean allowed = known < times.length || nowNanos - times[next] >= SECOND_NANOS;
    times[next] = nowNanos;
    next = (next + 1) % times.length;
    known = Math.min(known + 1, times.length);
    return allowed;
  }
}
