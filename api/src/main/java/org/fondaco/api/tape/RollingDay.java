package org.fondaco.api.tape;

import java.util.ArrayDeque;
import java.util.List;
import org.fondaco.engine.readmodel.ReadModel.TradeView;
import org.jspecify.annotations.Nullable;

/**
 * The trades of the last 24 hours, second by second: reading costs the same however many there
 * were. Sums go up with each trade and down with each second that leaves; the highest and the
 * lowest price are at the head of queues from which whatever can never be the answer is dropped.
 * Guarded by its {@link SymbolTape}.
 */
final class RollingDay {
  static final long LENGTH_MICROS = 86_400_000_000L;

  private final ArrayDeque<Second> seconds = new ArrayDeque<>();
  private final ArrayDeque<Second> highs = new ArrayDeque<>();
  private final ArrayDeque<Second> lows = new ArrayDeque<>();
  private final Sum volume = new Sum();
  private final Sum quoteVolume = new Sum();
  private long trades;
  private long closeBefore;

  private static final class Second {
    final long openTime;
    final Sum volume = new Sum();
    final Sum quoteVolume = new Sum();
    long open;
    long high;
    long low;
    long close;
    long firstTradeId;
    long lastTradeId;
    long trades;

    Second(long openTime) {
      this.openTime = openTime;
    }
  }

  /**
   * @param klines of a second each, ascending, with trades
   * @param closeBefore price of the last trade before them, 0 = none
   */
  RollingDay(List<Kline> klines, long closeBefore) {
    this.closeBefore = closeBefore;
    for (Kline kline : klines) {
      Second second = next(kline.openTime());
      second.open = kline.open();
      second.high = kline.high();
      second.low = kline.low();
      second.close = kline.close();
      second.firstTradeId = kline.firstTradeId();
      second.lastTradeId = kline.lastTradeId();
      second.trades = kline.trades();
      second.volume.add(kline.volume());
      second.quoteVolume.add(kline.quoteVolume());
      volume.add(second.volume);
      quoteVolume.add(second.quoteVolume);
      trades += second.trades;
    }
  }

  /** The second in which the window that ends now begins: one that is cut is counted whole. */
  static long begin(long nowMicros) {
    return Interval.SECOND.openTime(nowMicros - LENGTH_MICROS);
  }

  void add(TradeView trade) {
    Second second = seconds.peekLast();
    long openTime = Interval.SECOND.openTime(trade.time());
    if (second == null || second.openTime < openTime) {
      second = next(openTime);
      second.open = trade.price();
      second.high = trade.price();
      second.low = trade.price();
      second.firstTradeId = trade.tradeId();
    }
    second.high = Math.max(second.high, trade.price());
    second.low = Math.min(second.low, trade.price());
    second.close = trade.price();
    second.lastTradeId = trade.tradeId();
    second.trades++;
    second.volume.add(trade.quantity());
    second.quoteVolume.add(trade.quoteQuantity());
    volume.add(trade.quantity());
    quoteVolume.add(trade.quoteQuantity());
    trades++;
  }

  /** Only a second that is over is queued: the last one's prices still change. */
  private Second next(long openTime) {
    Second over = seconds.peekLast();
    if (over != null) {
      while (!highs.isEmpty() && highs.getLast().high <= over.high) {
        highs.removeLast();
      }
      highs.add(over);
      while (!lows.isEmpty() && lows.getLast().low >= over.low) {
        lows.removeLast();
      }
      lows.add(over);
    }
    Second second = new Second(openTime);
    seconds.add(second);
    return second;
  }

  /** Lets seconds go that are no longer within 24 hours. */
  void advance(long nowMicros) {
    long begin = begin(nowMicros);
    for (Second first = seconds.peekFirst();
        first != null && first.openTime < begin;
        first = seconds.peekFirst()) {
      seconds.removeFirst();
      volume.subtract(first.volume);
      quoteVolume.subtract(first.quoteVolume);
      trades -= first.trades;
      closeBefore = first.close;
      dropHead(highs, first);
      dropHead(lows, first);
    }
  }

  private static void dropHead(ArrayDeque<Second> queue, Second gone) {
    if (queue.peekFirst() == gone) {
      queue.removeFirst();
    }
  }

  /** The window that ends now; {@link #advance} comes first. */
  Ticker ticker(int symbol, long nowMicros, long lastQuantity, Best best) {
    Second first = seconds.peekFirst();
    Second last = seconds.peekLast();
    boolean idle = first == null || last == null;
    return new Ticker(
        symbol,
        closeBefore,
        first == null ? 0 : first.open,
        last == null ? 0 : Math.max(last.high, head(highs, last).high),
        last == null ? 0 : Math.min(last.low, head(lows, last).low),
        last == null ? 0 : last.close,
        idle ? 0 : lastQuantity,
        best.bid(),
        best.bidQuantity(),
        best.ask(),
        best.askQuantity(),
        volume.value(),
        quoteVolume.value(),
        nowMicros - LENGTH_MICROS,
        nowMicros,
        first == null ? -1 : first.firstTradeId,
        last == null ? -1 : last.lastTradeId,
        trades);
  }

  private static Second head(ArrayDeque<Second> queue, Second otherwise) {
    @Nullable Second head = queue.peekFirst();
    return head == null ? otherwise : head;
  }

  /** Best prices, 0 = none. */
  record Best(long bid, long bidQuantity, long ask, long askQuantity) {}
}
