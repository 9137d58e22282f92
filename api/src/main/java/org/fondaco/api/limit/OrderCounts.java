package org.fondaco.api.limit;

import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.VenueErrors;

/**
 * Unfilled orders by account that were placed in ten seconds and in a day (UTC)
 * [faqs/order_count_decrement.md]. An order's first fill takes it off again: one for a taker,
 * {@link #MAKER_CREDIT} for a maker, of the present intervals, never below zero. Thread-safe; no
 * lock that all requests share.
 */
public final class OrderCounts {

  /** What the first fill of an order as maker takes off. */
  public static final int MAKER_CREDIT = 5;

  private static final long TEN_SECONDS = 10;
  private static final long DAY_SECONDS = 86_400;

  private final Limits limits;
  private final Sharing sharing;
  private final Window<Long> tenSeconds;
  private final Window<Long> day;

  /** Counts in memory alone. */
  public OrderCounts(Limits limits) {
    this(limits, LimitClock.SYSTEM, Sharing.none());
  }

  public OrderCounts(Limits limits, LimitClock clock, Sharing sharing) {
    this.limits = limits;
    this.sharing = sharing;
    this.tenSeconds = new Window<>("orders-10s", TEN_SECONDS, clock, sharing);
    this.day = new Window<>("orders-1d", DAY_SECONDS, clock, sharing);
  }

  /**
   * Counts orders about to be placed.
   *
   * @throws org.fondaco.api.error.ApiException -1015 when they would be too many; then none counts
   */
  public Usage take(long account, int orders) {
    Usage usage = present(account);
    if (usage.tenSeconds.add(orders) > limits.ordersPerTenSeconds()) {
      usage.tenSeconds.subtract(orders);
      throw VenueErrors.tooManyOrders(limits.ordersPerTenSeconds(), "10 SECOND").exception();
    }
    if (usage.day.add(orders) > limits.ordersPerDay()) {
      usage.giveBack(orders);
      throw VenueErrors.tooManyOrders(limits.ordersPerDay(), "1 DAY").exception();
    }
    return usage;
  }

  /** Takes off what the first fill of an order is worth, whenever the order was placed. */
  public void filled(long account, boolean maker) {
    present(account).giveBack(maker ? MAKER_CREDIT : 1);
  }

  /** The counts as all processes together know them. */
  public CompletableFuture<Usage> ask(long account) {
    Usage usage = present(account);
    usage.tenSeconds.refresh();
    usage.day.refresh();
    return sharing.settled().thenApply(_ -> usage);
  }

  /** What the counts may reach. */
  public Limits limits() {
    return limits;
  }

  private Usage present(long account) {
    return new Usage(tenSeconds.counter(account), day.counter(account));
  }

  /** The counts of one account in the intervals in which a request came. */
  public static final class Usage {
    private final Counter tenSeconds;
    private final Counter day;

    Usage(Counter tenSeconds, Counter day) {
      this.tenSeconds = tenSeconds;
      this.day = day;
    }

    /** Takes orders off again that were refused, or that filled at once. */
    public void giveBack(int orders) {
      tenSeconds.subtract(orders);
      day.subtract(orders);
    }

    public int tenSeconds() {
      return (int) tenSeconds.value();
    }

    public int day() {
      return (int) day.value();
    }
  }
}
