package org.fondaco.chain.ethash;

import java.util.function.LongSupplier;

/** Hashes a second over the last whole seconds. Safe for any thread. */
final class HashRate {
  private static final int SECONDS = 8;
  private static final long NANOS = 1_000_000_000;

  private final LongSupplier nanoTime;
  private final long[] counts = new long[SECONDS];
  private final long[] seconds = new long[SECONDS];

  HashRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    java.util.Arrays.fill(seconds, Long.MIN_VALUE);
  }

  synchronized void add(long hashes) {
    long second = Math.floorDiv(nanoTime.getAsLong(), NANOS);
    int slot = (int) Math.floorMod(second, (long) SECONDS);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      counts[slot] = 0;
    }
    counts[slot] += hashes;
  }

  /** The mean of the last seconds in which there was work; the running second counts in part. */
  synchronized long perSecond() {
    long now = nanoTime.getAsLong();
    long second = Math.floorDiv(now, NANOS);
    long sum = 0;
    long oldest = Long.MAX_VALUE;
    for (int slot = 0; slot < SECONDS; slot++) {
      if (seconds[slot] > second - SECONDS) {
        sum += counts[slot];
        oldest = Math.min(oldest, seconds[slot]);
      }
    }
    if (oldest == Long.MAX_VALUE) {
      return 0;
    }
    long nanos = Math.max(NANOS / 10, now - oldest * NANOS);
    return Math.round(sum * (double) NANOS / nanos);
  }
}
