package org.fondaco.api.tape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.readmodel.ReadModel.TradeView;
import org.jspecify.annotations.Nullable;

/** The latest klines with trades of one symbol and interval. Guarded by its {@link SymbolTape}. */
final class KlineSeries {
  private final Interval interval;
  private final ArrayDeque<Kline> closed = new ArrayDeque<>();
  private @Nullable KlineFold present;

  KlineSeries(Interval interval) {
    this.interval = interval;
  }

  /** Starts anew with what the history has; its last kline may get more trades. */
  void start(List<Kline> klines) {
    closed.clear();
    present = null;
    if (klines.isEmpty()) {
      return;
    }
    closed.addAll(klines.subList(0, klines.size() - 1));
    Kline last = klines.getLast();
    KlineFold fold = new KlineFold(last.openTime(), last.closeTime());
    fold.add(last);
    present = fold;
  }

  /** Engine time never goes back, so a trade belongs to the last kline or after it. */
  void add(TradeView trade) {
    KlineFold fold = present;
    if (fold == null || trade.time() > fold.closeTime()) {
      if (fold != null) {
        closed.add(fold.kline());
      }
      long open = interval.openTime(trade.time());
      fold = new KlineFold(open, interval.closeTime(open));
      present = fold;
    }
    fold.add(
        trade.tradeId(),
        trade.price(),
        trade.quantity(),
        trade.quoteQuantity(),
        !trade.buyerIsMaker());
  }

  /**
   * Forgets old klines that the history has for certain.
   *
   * @param tradeId the history has all trades before it
   */
  void forget(int kept, long tradeId) {
    while (closed.size() > kept && closed.getFirst().lastTradeId() < tradeId) {
      closed.removeFirst();
    }
  }

  List<Kline> klines() {
    List<Kline> klines = new ArrayList<>(closed.size() + 1);
    klines.addAll(closed);
    if (present != null) {
      klines.add(present.kline());
    }
    return klines;
  }
}
