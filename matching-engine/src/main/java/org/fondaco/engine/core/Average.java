package org.fondaco.engine.core;

/**
 * A symbol's average price as an exact fraction of ticks: the external reference price if set, else
 * the volume-weighted average of the last minutes, else the last price. Never divided, only
 * cross-multiplied, in at most 256 bits.
 */
final class Average {

  static final int MINUTES_MAX = 60;
  private static final long MINUTE = 60_000_000L;

  /** A bucket a minute: minute, then sums of ticks x lots and of lots as 128 bits each. */
  private static final int STRIDE = 5;

  private final long[] buckets = new long[MINUTES_MAX * STRIDE];
  private final Wide left = new Wide();
  private final Wide right = new Wide();

  private long numeratorHigh;
  private long numeratorLow;
  private long denominatorHigh;
  private long denominatorLow;
  private boolean known;

  /** What the fraction was fixed for; a trade makes it stale. */
  private boolean stale = true;

  private long fixedMinute;
  private int fixedMinutes;
  private long fixedReference;

  Average() {
    for (int i = 0; i < buckets.length; i += STRIDE) {
      buckets[i] = -1;
    }
  }

  /** Adds a trade to the bucket of its minute. */
  void trade(long time, long ticks, long lots) {
    stale = true;
    long minute = time / MINUTE;
    int i = (int) (minute % MINUTES_MAX) * STRIDE;
    if (buckets[i] != minute) {
      buckets[i] = minute;
      buckets[i + 1] = 0;
      buckets[i + 2] = 0;
      buckets[i + 3] = 0;
      buckets[i + 4] = 0;
    }
    long product = ticks * lots;
    buckets[i + 2] += product;
    buckets[i + 1] +=
        Math.multiplyHigh(ticks, lots)
            + (Long.compareUnsigned(buckets[i + 2], product) < 0 ? 1 : 0);
    buckets[i + 4] += lots;
    buckets[i + 3] += Long.compareUnsigned(buckets[i + 4], lots) < 0 ? 1 : 0;
  }

  /** Fixes the fraction as of now; it is used by the comparisons until the next call. */
  void fix(long time, int minutes, long lastTicks, long referencePrice, long tickUnit) {
    long newest = time / MINUTE;
    if (!stale
        && newest == fixedMinute
        && minutes == fixedMinutes
        && referencePrice == fixedReference) {
      return;
    }
    stale = false;
    fixedMinute = newest;
    fixedMinutes = minutes;
    fixedReference = referencePrice;
    known = true;
    denominatorHigh = 0;
    numeratorHigh = 0;
    if (referencePrice > 0) {
      numeratorLow = referencePrice;
      denominatorLow = tickUnit;
      return;
    }
    numeratorLow = 0;
    denominatorLow = 0;
    for (int i = 0; minutes > 0 && i < buckets.length; i += STRIDE) {
      if (buckets[i] > newest - minutes && buckets[i] <= newest) {
        numeratorLow += buckets[i + 2];
        numeratorHigh +=
            buckets[i + 1] + (Long.compareUnsigned(numeratorLow, buckets[i + 2]) < 0 ? 1 : 0);
        denominatorLow += buckets[i + 4];
        denominatorHigh +=
            buckets[i + 3] + (Long.compareUnsigned(denominatorLow, buckets[i + 4]) < 0 ? 1 : 0);
      }
    }
    if ((denominatorLow | denominatorHigh) == 0) {
      numeratorLow = lastTicks;
      denominatorLow = 1;
      known = lastTicks > 0;
    }
  }

  /** False when the symbol never traded and has no reference price. */
  boolean known() {
    return known;
  }

  /** Sign of ticks − average x multiplier / 10^4. */
  int compare(long ticks, int multiplier) {
    left.set(denominatorHigh, denominatorLow).times(ticks).times(10_000);
    right.set(numeratorHigh, numeratorLow).times(multiplier);
    return left.compareTo(right);
  }

  /** Sign of average x lots x k − notional. */
  int compareNotional(long lots, long k, long notional) {
    left.set(numeratorHigh, numeratorLow).times(lots).times(k);
    right.set(denominatorHigh, denominatorLow).times(notional);
    return left.compareTo(right);
  }

  /** For snapshots, which may write them. */
  long[] buckets() {
    stale = true;
    return buckets;
  }

  static int stride() {
    return STRIDE;
  }
}
