package org.fondaco.api.limit;

/**
 * How much a client may ask for.
 *
 * @param weightPerMinute request weight an address may use in a minute
 * @param ordersPerTenSeconds orders an account may place in ten seconds
 * @param ordersPerDay orders an account may place in a day (UTC)
 */
public record Limits(int weightPerMinute, int ordersPerTenSeconds, int ordersPerDay) {

  /** Binance's. */
  public static final Limits DEFAULT = new Limits(6_000, 100, 200_000);
}
