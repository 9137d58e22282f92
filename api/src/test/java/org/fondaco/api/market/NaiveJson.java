package org.fondaco.api.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.tape.Kline;

/** Answers as text, from exact numbers. */
final class NaiveJson {
  private NaiveJson() {}

  static String json(List<Kline> klines) {
    List<String> rows = new ArrayList<>();
    for (Kline k : klines) {
      rows.add(
          "[%d,%s,%s,%s,%s,%s,%d,%s,%d,%s,%s,\"0\"]"
              .formatted(
                  k.openTime(),
                  decimal(k.open()),
                  decimal(k.high()),
                  decimal(k.low()),
                  decimal(k.close()),
                  decimal(k.volume()),
                  k.closeTime(),
                  decimal(k.quoteVolume()),
                  k.trades(),
                  decimal(k.takerBuyVolume()),
                  decimal(k.takerBuyQuoteVolume())));
    }
    return "[" + String.join(",", rows) + "]";
  }

  static String change(Kline window) {
    BigDecimal percent = BigDecimal.ZERO.setScale(3);
    BigDecimal average = BigDecimal.ZERO.setScale(8);
    if (window.trades() > 0) {
      percent =
          BigDecimal.valueOf(window.close() - window.open())
              .movePointRight(2)
              .divide(BigDecimal.valueOf(window.open()), 3, RoundingMode.HALF_UP);
      average =
          new BigDecimal(window.quoteVolume())
              .divide(new BigDecimal(window.volume()), 8, RoundingMode.HALF_UP);
    }
    return "\"priceChange\":%s,\"priceChangePercent\":\"%s\",\"weightedAvgPrice\":\"%s\","
        .formatted(
            decimal(window.close() - window.open()),
            percent.toPlainString(),
            average.toPlainString());
  }

  static String decimal(long units) {
    return decimal(BigInteger.valueOf(units));
  }

  static String decimal(BigInteger units) {
    return "\"" + new BigDecimal(units, 8).toPlainString() + "\"";
  }
}
