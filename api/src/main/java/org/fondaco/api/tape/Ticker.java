package org.fondaco.api.tape;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Statistics of a window of time [rest-api.md §24hr ticker price change statistics]. Prices are
 * quote ledger units per whole base unit, times microseconds. Without a trade in the window all
 * prices but the previous close and the best ones are 0, as Binance answers for idle symbols.
 *
 * @param symbol symbol id
 * @param previousClose price of the last trade before the window, 0 = none
 * @param open price of the first trade
 * @param last price of the last trade
 * @param lastQuantity of the last trade, base ledger units
 * @param bid best bid, 0 = none
 * @param bidQuantity base ledger units
 * @param ask best ask, 0 = none
 * @param askQuantity base ledger units
 * @param volume base ledger units
 * @param quoteVolume quote ledger units
 * @param openTime begin of the window
 * @param closeTime end of the window
 * @param firstTradeId -1 = no trade
 * @param lastTradeId -1 = no trade
 * @param trades number of trades
 */
public record Ticker(
    int symbol,
    long previousClose,
    long open,
    long high,
    long low,
    long last,
    long lastQuantity,
    long bid,
    long bidQuantity,
    long ask,
    long askQuantity,
    BigInteger volume,
    BigInteger quoteVolume,
    long openTime,
    long closeTime,
    long firstTradeId,
    long lastTradeId,
    long trades) {
  private static final int PERCENT_SCALE = 3;

  /** Last minus open. */
  public long change() {
    return last - open;
  }

  /** The change relative to the open in percent, with three decimals, half up. */
  public String changePercent() {
    BigDecimal percent =
        open == 0
            ? BigDecimal.ZERO
            : BigDecimal.valueOf(change())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(open), PERCENT_SCALE, RoundingMode.HALF_UP);
    return percent.setScale(PERCENT_SCALE, RoundingMode.UNNECESSARY).toPlainString();
  }

  /**
   * Quote volume divided by volume, in quote ledger units per whole base unit, half up; 0 without
   * trades.
   *
   * @param baseScale decimals of the base asset
   */
  public long weightedAverage(int baseScale) {
    return weightedAverage(quoteVolume, volume, baseScale);
  }

  /** As {@link #weightedAverage(int)} of any two volumes. */
  public static long weightedAverage(BigInteger quoteVolume, BigInteger volume, int baseScale) {
    if (volume.signum() == 0) {
      return 0;
    }
    return new BigDecimal(quoteVolume)
        .movePointRight(baseScale)
        .divide(new BigDecimal(volume), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
