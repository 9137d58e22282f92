package org.fondaco.api.tape;

import java.util.List;
import java.util.Map;

/** What the history has of a symbol's trades: where the tape starts from. */
public interface TapeStore {

  /**
   * The state after some whole number of groups.
   *
   * @param symbol symbol id
   * @param sinceMicros trades from here on are wanted second by second
   * @param limit klines of each interval and aggregates wanted, the latest, ascending
   * @throws RuntimeException when the history cannot be reached
   */
  Start start(int symbol, long sinceMicros, int limit);

  /**
   * A symbol as the history knows it.
   *
   * @param nextTradeId 0 = never traded
   * @param lastQuantity of the last trade, base ledger units
   * @param nextAggregateId the id that the next aggregate gets
   * @param aggregates the latest
   * @param klines the latest with trades, of each interval
   * @param seconds all with trades since the time asked for
   * @param closeBefore price of the last trade before that time, 0 = none
   */
  record Start(
      long nextTradeId,
      long lastQuantity,
      long nextAggregateId,
      List<AggregateTrade> aggregates,
      Map<Interval, List<Kline>> klines,
      List<Kline> seconds,
      long closeBefore) {}
}
