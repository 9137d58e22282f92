package org.fondaco.engine.readmodel;

import java.util.ArrayList;
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

  /** Ring of a power of two: trade n is at n mod length, from the oldest here to the next. */
  private ReadModel.@Nullable TapeTrade[] tape = new ReadModel.TapeTrade[16];

  private long oldest;
  private long next;

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

  /** Forgets two old trades at most, so that a jump of the watermark pauses nobody. */
  void trade(ReadModel.TapeTrade trade, long watermark) {
    lastPrice = trade.trade().price();
    for (int i = 0; i < 2 && next - oldest >= tradesMax && forgotten(watermark); i++) {
      tape[index(oldest++)] = null;
    }
    if (next - oldest == tape.length) {
      grow();
    }
    tape[index(next++)] = trade;
  }

  private boolean forgotten(long watermark) {
    ReadModel.TapeTrade first = tape[index(oldest)];
    return first != null && first.sequence() <= watermark;
  }

  private void grow() {
    ReadModel.@Nullable TapeTrade[] grown = new ReadModel.TapeTrade[2 * tape.length];
    for (long n = oldest; n < next; n++) {
      grown[(int) n & (grown.length - 1)] = tape[index(n)];
    }
    tape = grown;
  }

  private int index(long n) {
    return (int) n & (tape.length - 1);
  }

  void counters(long primedLastPrice, long primedUpdateId) {
    lastPrice = primedLastPrice;
    updateId = Math.max(updateId, primedUpdateId);
  }

  ReadModel.Depth depth(int limit) {
    return new ReadModel.Depth(updateId, bids.best(limit), asks.best(limit));
  }

  List<ReadModel.TradeView> trades(int limit) {
    List<ReadModel.TradeView> last = new ArrayList<>();
    for (long n = Math.max(oldest, next - limit); n < next; n++) {
      ReadModel.TapeTrade trade = tape[index(n)];
      if (trade != null) {
        last.add(trade.trade());
      }
    }
    return last;
  }

  /** Trade ids have no gaps, so that the place of an id is known. */
  List<ReadModel.TapeTrade> tape(long fromTradeId, int limit) {
    ReadModel.TapeTrade first = tape[index(oldest)];
    if (first == null || limit <= 0) {
      return List.of();
    }
    long from = oldest + Math.max(0, fromTradeId - first.trade().tradeId());
    List<ReadModel.TapeTrade> found = new ArrayList<>();
    for (long n = from; n < next && found.size() < limit; n++) {
      ReadModel.TapeTrade trade = tape[index(n)];
      if (trade != null) {
        found.add(trade);
      }
    }
    return found;
  }

  long lastPrice() {
    return lastPrice;
  }
}
