package org.fondaco.api.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** Request weight by address and minute [rest-api.md §IP Limits]. Thread-safe. */
public final class RequestWeights {
  private static final long MINUTE_SECONDS = 60;

  private final int limit;
  private final Window<String> minute = new Window<>(MINUTE_SECONDS);

  public RequestWeights(Limits limits) {
    this.limit = limits.weightPerMinute();
  }

  /** Counts a request; the caller refuses it when {@link Use#exceeded()}. */
  public Use use(String address, int weight, long nowSeconds) {
    AtomicInteger counter = minute.counter(address, nowSeconds);
    counter.addAndGet(weight);
    return new Use(counter, weight, limit, minute.secondsLeft(nowSeconds));
  }

  /** The weight of one request among its minute's. */
  public static final class Use {
    private final AtomicInteger counter;
    private final int weight;
    private final int limit;
    private final long secondsLeft;

    Use(AtomicInteger counter, int weight, int limit, long secondsLeft) {
      this.counter = counter;
      this.weight = weight;
      this.limit = limit;
      this.secondsLeft = secondsLeft;
    }

    public boolean exceeded() {
      return counter.get() > limit;
    }

    /** Gives the weight of this request back. */
    public void giveBack() {
      counter.addAndGet(-weight);
    }

    /** Weight used in this minute so far. */
    public int used() {
      return Math.max(0, counter.get());
    }

    public int limit() {
      return limit;
    }

    /** Seconds until counting starts again. */
    public long retryAfterSeconds() {
      return secondsLeft;
    }
  }
}
