package org.fondaco.api.tape;

/** Hears of aggregates on the feed's thread; must be quick, as all its subscribers wait. */
@FunctionalInterface
public interface TapeListener {

  /**
   * An aggregate is complete. Each is told once and in the order of the ids of its symbol, also
   * after the feed lost groups. Klines and tickers already have its trades, and may have later
   * ones.
   */
  void aggregate(AggregateTrade aggregate);
}
