package org.fondaco.api.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counters that all start again at zero when a fixed interval of the clock begins. */
final class Window<K> {
  private final long seconds;
  private volatile Interval<K> current = new Interval<>(-1);

  Window(long seconds) {
    this.seconds = seconds;
  }

  AtomicInteger counter(K key, long nowSeconds) {
    long index = nowSeconds / seconds;
    Interval<K> interval = current;
    if (interval.index != index) {
      interval = begin(index);
    }
    return interval.counters.computeIfAbsent(key, _ -> new AtomicInteger());
  }

  long secondsLeft(long nowSeconds) {
    return seconds - nowSeconds % seconds;
  }

  private synchronized Interval<K> begin(long index) {
    if (current.index < index) {
      current = new Interval<>(index);
    }
    return current;
  }

  private static final class Interval<K> {
    final long index;
    final ConcurrentHashMap<K, AtomicInteger> counters = new ConcurrentHashMap<>();

    Interval(long index) {
      this.index = index;
    }
  }
}
