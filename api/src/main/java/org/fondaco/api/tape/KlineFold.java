package org.fondaco.api.tape;

/** Folds trades, or shorter klines, into one kline. Not thread-safe. */
public final class KlineFold {
  private final long openTime;
  private final long closeTime;
  private final Sum volume = new Sum();
  private final Sum quoteVolume = new Sum();
  private final Sum takerBuyVolume = new Sum();
  private final Sum takerBuyQuoteVolume = new Sum();
  private long open;
  private long high;
  private long low;
  private long close;
  private long trades;
  private long firstTradeId = -1;
  private long lastTradeId = -1;

  /** An empty kline, microseconds, the close included. */
  public KlineFold(long openTime, long closeTime) {
    this.openTime = openTime;
    this.closeTime = closeTime;
  }

  public long openTime() {
    return openTime;
  }

  public long closeTime() {
    return closeTime;
  }

  /** False until something is added. */
  public boolean traded() {
    return trades > 0;
  }

  /** Trades must be added in their order, amounts in ledger units. */
  public void add(long tradeId, long price, long quantity, long quoteQuantity, boolean takerBuys) {
    prices(price, price, price, price);
    volume.add(quantity);
    quoteVolume.add(quoteQuantity);
    if (takerBuys) {
      takerBuyVolume.add(quantity);
      takerBuyQuoteVolume.add(quoteQuantity);
    }
    ids(1, tradeId, tradeId);
  }

  /** Klines must be added in their order; idle ones change nothing. */
  public void add(Kline kline) {
    if (kline.trades() == 0) {
      return;
    }
    prices(kline.open(), kline.high(), kline.low(), kline.close());
    volume.add(kline.volume());
    quoteVolume.add(kline.quoteVolume());
    takerBuyVolume.add(kline.takerBuyVolume());
    takerBuyQuoteVolume.add(kline.takerBuyQuoteVolume());
    ids(kline.trades(), kline.firstTradeId(), kline.lastTradeId());
  }

  private void prices(long firstPrice, long highest, long lowest, long lastPrice) {
    if (trades == 0) {
      open = firstPrice;
      high = highest;
      low = lowest;
    } else {
      high = Math.max(high, highest);
      low = Math.min(low, lowest);
    }
    close = lastPrice;
  }

  private void ids(long more, long first, long last) {
    if (trades == 0) {
      firstTradeId = first;
    }
    lastTradeId = last;
    trades += more;
  }

  /** As it is now. */
  public Kline kline() {
    return new Kline(
        openTime,
        closeTime,
        open,
        high,
        low,
        close,
        volume.value(),
        quoteVolume.value(),
        trades,
        takerBuyVolume.value(),
        takerBuyQuoteVolume.value(),
        firstTradeId,
        lastTradeId);
  }
}
