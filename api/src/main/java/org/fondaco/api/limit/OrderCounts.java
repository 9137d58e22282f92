package org.fondaco.api.limit;

import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.api.error.VenueErrors;

/**
 * Orders placed by account in ten seconds and in a day [rest-api.md §Unfilled Order Count]. An
 * order that fills as taker in its own request is taken off again; one that fills later is not.
 * Thread-safe.
 */
public final class OrderCounts {
  private static final long TEN_SECONDS = 10;
  private static final long DAY_SECONDS = 86_400;

  private final Limits limits;
  private final Window<Long> tenSeconds = new Window<>(TEN_SECONDS);
  private final Window<Long> day = new Window<>(DAY_SECONDS);

  public OrderCounts(Limits limits) {
    this.limits = limits;
  }

  /**
   * Counts orders about to be placed.
   *
   * @throws org.fondaco.api.error.ApiException -1015 when they would be too many; then none counts
   */
  public Usage take(long account, int orders) {
    long now = System.currentTimeMillis() / 1_000;
    AtomicInteger shortCount = tenSeconds.counter(account, now);
    AtomicInteger dayCount = day.counter(account, now);
    if (shortCount.addAndGet(orders) > limits.ordersPerTenSeconds()) {
      shortCount.addAndGet(-orders);
      throw VenueErrors.tooManyOrders(limits.ordersPerTenSeconds(), "10 SECOND").exception();
    }
    if (dayCount.addAndGet(orders) > limits.ordersPerDay()) {
      shortCount.addAndGet(-orders);
      dayCount.addAndGet(-orders);
      throw VenueErrors.tooManyOrders(limits.ordersPerDay(), "1 DAY").exception();
    }
    return new Usage(shortCount, dayCount);
  }

  /** The counts of one account in the intervals in which a request came. */
  public static final class Usage {
    private final AtomicInteger tenSeconds;
    private final AtomicInteger day;

    Usage(AtomicInteger tenSeconds, AtomicInteger day) {
      this.tenSeconds = tenSeconds;
      this.day = day;
    }

    /** Takes orders off again that filled at once. */
    public void filled(int orders) {
      tenSeconds.addAndGet(-orders);
      day.addAndGet(-orders);
    }

    public int tenSeconds() {
      return tenSeconds.get();
    }

    public int day() {
      return day.get();
    }
  }
}
