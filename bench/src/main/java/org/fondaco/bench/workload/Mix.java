package org.fondaco.bench.workload;

/**
 * The hashes by which contenders are compared. Trades are folded in order; resting orders and
 * levels are summed, so that every book may be walked in its own order.
 */
public final class Mix {

  private Mix() {}

  /** Finalizer of splitmix64. */
  public static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** The hash of all trades up to and including this one. */
  public static long trade(long hash, long takerOrder, long makerOrder, long price, long size) {
    long h = hash * 31 + takerOrder;
    h = h * 31 + makerOrder;
    h = h * 31 + price;
    h = h * 31 + size;
    return mix(h);
  }

  /** What one resting order adds. */
  public static long order(int symbol, boolean buy, long order, long price, long remaining) {
    long h = symbol * 2L + (buy ? 1 : 0);
    return mix(mix(mix(h * 31 + order) + price) + remaining);
  }

  /** What one price level adds. */
  public static long level(int symbol, boolean buy, long price, long volume) {
    long h = symbol * 2L + (buy ? 1 : 0);
    return mix(mix(h * 31 + price) + volume);
  }
}
