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
      throw new LimitReached(limits.ordersPerTenSeconds(), "10 SECOND").exception();
    }
    if (dayCount.addAndGet(orders) > limits.ordersPerDay()) {
      shortCount.addAndGet(-orders);
      dayCount.addAndGet(-orders);
      throw new LimitReached(limits.ordersPerDay(), "1 DAY").exception();
    }
    return new Usage(shortCount, dayCount);
  }

  private record LimitReached(int limit, String interval) {
    RuntimeException exception() {
      return VenueErrors.tooManyOrders(limit, interval).exception();
    }
  }

  /** The counts of one account in the present intervals. */
  public record Usage(AtomicInteger inTenSeconds, AtomicInteger inDay) {

    /** Takes orders off again that filled at once. */
    public void filled(int orders) {
      inTenSeconds.addAndGet(-orders);
      inDay.addAndGet(-orders);
    }
  }
}
