package org.fondaco.api.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counters that all start again at zero when a fixed interval of the clock begins. A clock that is
 * set forwards begins a new interval; one that is set backwards keeps the counts, and the interval
 * ends when the clock says so: nobody is locked out for longer than an interval, and nobody gains
 * by the step. Thread-safe.
 */
final class Window<K> {
  // Threads read the clock before they come here, so a little in the past is no step.
  private static final long SKEW_MILLIS = 1_000;

  private final String name;
  private final long millis;
  private final LimitClock clock;
  private final Sharing sharing;
  private final Function<K, @Nullable Telling> companions;
  private volatile Interval<K> current;

  /**
   * @param name names it among all processes
   */
  Window(String name, long seconds, LimitClock clock, Sharing sharing) {
    this(name, seconds, clock, sharing, _ -> null);
  }

  /**
   * @param companions what is told and heard whenever the counter of a key is
   */
  Window(
      String name,
      long seconds,
      LimitClock clock,
      Sharing sharing,
      Function<K, @Nullable Telling> companions) {
    this.name = name;
    this.millis = seconds * 1_000;
    this.clock = clock;
    this.sharing = sharing;
    this.companions = companions;
    this.current = interval(clock.wallMillis(), new ConcurrentHashMap<>());
  }

  /** The key's counter in the present interval. */
  Counter counter(K key) {
    Interval<K> interval = now(clock.wallMillis());
    Counter counter = interval.counters.get(key);
    return counter != null
        ? counter
        : interval.counters.computeIfAbsent(key, _ -> fresh(key, interval));
  }

  private Counter fresh(K key, Interval<K> interval) {
    return new Counter(
        "fondaco:%s:%d:%s".formatted(name, interval.begin / millis, key),
        // Twice the interval, for processes whose clocks differ.
        2 * millis,
        clock,
        sharing,
        companions.apply(key));
  }

  /** Seconds until counting starts again, at least 1. */
  long secondsLeft() {
    long now = clock.wallMillis();
    return Math.clamp((now(now).end - now + 999) / 1_000, 1, millis / 1_000);
  }

  private Interval<K> now(long wallMillis) {
    Interval<K> interval = current;
    return wallMillis < interval.end && wallMillis >= interval.begin - SKEW_MILLIS
        ? interval
        : move(wallMillis);
  }

  private synchronized Interval<K> move(long wallMillis) {
    if (wallMillis >= current.end) {
      current = interval(wallMillis, new ConcurrentHashMap<>());
    } else if (wallMillis < current.begin - SKEW_MILLIS) {
      current = interval(wallMillis, current.counters);
    }
    return current;
  }

  private Interval<K> interval(long wallMillis, ConcurrentHashMap<K, Counter> counters) {
    long begin = Math.floorDiv(wallMillis, millis) * millis;
    return new Interval<>(begin, begin + millis, counters);
  }

  private record Interval<K>(long begin, long end, ConcurrentHashMap<K, Counter> counters) {}
}
