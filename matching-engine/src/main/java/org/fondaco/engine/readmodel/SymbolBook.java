package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.fondaco.engine.protocol.Side;
import org.jspecify.annotations.Nullable;

/** Depth, last trades and last price of a symbol, under one lock. */
final class SymbolBook {

  final ReentrantLock lock = new ReentrantLock();

  /** The writer has locked it for the group at hand; read and written by the writer only. */
  boolean lockedByWriter;

  private final DepthSide bids = new DepthSide(Side.BUY);
  private final DepthSide asks = new DepthSide(Side.SELL);
  final int baseAsset;
  final int quoteAsset;
  private final int tradesMax;
  private long updateId;
  private long lastPrice;

  /** Ring: trade n is at n mod length; grows up to tradesMax. */
  private ReadModel.@Nullable TradeView[] trades = new ReadModel.TradeView[0];

  private long tradesSeen;

  SymbolBook(int baseAsset, int quoteAsset, int tradesMax) {
    this.baseAsset = baseAsset;
    this.quoteAsset = quoteAsset;
    this.tradesMax = tradesMax;
  }

  void level(Side side, long price, long quantity, long depthUpdateId) {
    DepthSide levels =
        switch (side) {
          case BUY -> bids;
          case SELL -> asks;
        };
    levels.level(price, quantity);
    updateId = Math.max(updateId, depthUpdateId);
  }

  void trade(ReadModel.TradeView trade) {
    lastPrice = trade.price();
    if (tradesSeen == trades.length && trades.length < tradesMax) {
      trades = Arrays.copyOf(trades, Math.min(tradesMax, Math.max(16, trades.length * 2)));
    }
    if (trades.length > 0) {
      trades[(int) (tradesSeen++ % trades.length)] = trade;
    }
  }

  void counters(long primedLastPrice, long primedUpdateId) {
    lastPrice = primedLastPrice;
    updateId = Math.max(updateId, primedUpdateId);
  }

  ReadModel.Depth depth(int limit) {
    return new ReadModel.Depth(updateId, bids.best(limit), asks.best(limit));
  }

  List<ReadModel.TradeView> trades(int limit) {
    long count = Math.min(limit, Math.min(tradesSeen, trades.length));
    List<ReadModel.TradeView> last = new ArrayList<>((int) count);
    for (long n = tradesSeen - count; n < tradesSeen; n++) {
      ReadModel.TradeView trade = trades[(int) (n % trades.length)];
      if (trade != null) {
        last.add(trade);
      }
    }
    return last;
  }

  long lastPrice() {
    return lastPrice;
  }
}
