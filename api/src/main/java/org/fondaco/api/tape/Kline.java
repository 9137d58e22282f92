package org.fondaco.api.tape;

import java.math.BigInteger;

/**
 * The trades of a symbol in an interval. Prices are quote ledger units per whole base unit, times
 * microseconds since the epoch. Volumes are unbounded, because turnover, unlike a balance, is not
 * limited by what exists: a month's may exceed a long (docs/adr/0020).
 *
 * @param openTime first microsecond
 * @param closeTime last microsecond
 * @param open price of the first trade; of the last one before if there was none
 * @param high highest price
 * @param low lowest price
 * @param close price of the last trade
 * @param volume base ledger units
 * @param quoteVolume quote ledger units
 * @param trades number of trades
 * @param takerBuyVolume base ledger units of trades whose taker bought
 * @param takerBuyQuoteVolume quote ledger units of trades whose taker bought
 * @param firstTradeId -1 = no trade
 * @param lastTradeId -1 = no trade
 */
public record Kline(
    long openTime,
    long closeTime,
    long open,
    long high,
    long low,
    long close,
    BigInteger volume,
    BigInteger quoteVolume,
    long trades,
    BigInteger takerBuyVolume,
    BigInteger takerBuyQuoteVolume,
    long firstTradeId,
    long lastTradeId) {

  /** An interval in which nobody traded, at the price of the last trade before it. */
  public static Kline idle(long openTime, long closeTime, long price) {
    return new Kline(
        openTime,
        closeTime,
        price,
        price,
        price,
        price,
        BigInteger.ZERO,
        BigInteger.ZERO,
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        -1,
        -1);
  }
}
