package org.fondaco.api.tape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.TapeTrade;
import org.fondaco.engine.readmodel.ReadModel.TradeView;

/**
 * The tape of one symbol: a fold over its trades, which have ids without gaps. Whoever looks first,
 * the feed or a reader, folds in what the read model has beyond the last trade known, so that no
 * reader is behind what its sender was told. When the read model does not reach back far enough the
 * fold starts anew from the history.
 */
final class SymbolTape {
  /** The latest klines of each interval, and aggregates, kept though the history has them. */
  static final int KEPT = 500;

  private final int symbol;
  private final ReadModel readModel;
  private final TapeStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final EnumMap<Interval, KlineSeries> klines = new EnumMap<>(Interval.class);
  private final ArrayDeque<AggregateTrade> aggregates = new ArrayDeque<>();
  private RollingDay day = new RollingDay(List.of(), 0);
  private boolean started;
  private long nextTradeId;
  private long lastTime;
  private long lastQuantity;
  private long nextAggregateId;
  private long nextTold;

  SymbolTape(int symbol, ReadModel readModel, TapeStore store) {
    this.symbol = symbol;
    this.readModel = readModel;
    this.store = store;
    for (Interval interval : Interval.values()) {
      klines.put(interval, new KlineSeries(interval));
    }
  }

  /** What was before is told nobody. */
  void startSilently(long nowMicros) {
    lock.lock();
    try {
      catchUp(nowMicros);
      nextTold = nextAggregateId;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the trades of a group.
   *
   * @return aggregates that are now to be told, ascending
   */
  List<AggregateTrade> group(List<TapeTrade> trades, long nowMicros) {
    lock.lock();
    try {
      if (started && trades.getFirst().trade().tradeId() == nextTradeId) {
        add(trades);
      } else if (!started || trades.getLast().trade().tradeId() >= nextTradeId) {
        catchUp(nowMicros);
      }
      return toTell(trades.getLast().trade().tradeId());
    } finally {
      lock.unlock();
    }
  }

  /** Groups were left out by the feed; they are still in the read model or in the history. */
  List<AggregateTrade> lost(long nowMicros) {
    lock.lock();
    try {
      catchUp(nowMicros);
      return toTell(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private List<AggregateTrade> toTell(long lastTradeId) {
    List<AggregateTrade> tell = new ArrayList<>();
    Iterator<AggregateTrade> newestFirst = aggregates.descendingIterator();
    while (newestFirst.hasNext()) {
      AggregateTrade aggregate = newestFirst.next();
      if (aggregate.id() < nextTold) {
        break;
      }
      if (aggregate.lastTradeId() <= lastTradeId) {
        tell.addFirst(aggregate);
      }
    }
    if (!tell.isEmpty()) {
      nextTold = tell.getLast().id() + 1;
    }
    return tell;
  }

  Ticker ticker(long nowMicros) {
    ReadModel.Depth depth = readModel.depth(symbol, 1);
    ReadModel.Level none = new ReadModel.Level(0, 0);
    ReadModel.Level bid = depth.bids().isEmpty() ? none : depth.bids().getFirst();
    ReadModel.Level ask = depth.asks().isEmpty() ? none : depth.asks().getFirst();
    RollingDay.Best best =
        new RollingDay.Best(bid.price(), bid.quantity(), ask.price(), ask.quantity());
    lock.lock();
    try {
      catchUp(nowMicros);
      long end = Math.max(nowMicros, lastTime);
      day.advance(end);
      return day.ticker(symbol, end, lastQuantity, best);
    } finally {
      lock.unlock();
    }
  }

  /** Klines with trades; all from the first one on. */
  List<Kline> klines(Interval interval, long nowMicros) {
    lock.lock();
    try {
      catchUp(nowMicros);
      return series(interval).klines();
    } finally {
      lock.unlock();
    }
  }

  /** All aggregates from the first one here on. */
  List<AggregateTrade> aggregates(long nowMicros) {
    lock.lock();
    try {
      catchUp(nowMicros);
      return new ArrayList<>(aggregates);
    } finally {
      lock.unlock();
    }
  }

  private void catchUp(long nowMicros) {
    if (started) {
      List<TapeTrade> more = readModel.tape(symbol, nextTradeId, Integer.MAX_VALUE);
      if (more.isEmpty()) {
        return;
      }
      if (more.getFirst().trade().tradeId() == nextTradeId) {
        add(more);
        return;
      }
    }
    startAnew(nowMicros);
  }

  /**
   * The read model is asked first: what it forgets afterwards is in the history before the history
   * is asked.
   */
  private void startAnew(long nowMicros) {
    started = false;
    List<TapeTrade> here = readModel.tape(symbol, 0, Integer.MAX_VALUE);
    boolean complete =
        here.isEmpty() ? readModel.lastPrice(symbol) == 0 : here.getFirst().trade().tradeId() == 0;
    TapeStore.Start start =
        complete
            ? new TapeStore.Start(0, 0, 0, List.of(), Map.of(), List.of(), 0)
            : store.start(symbol, RollingDay.begin(nowMicros), KEPT);
    nextTradeId = start.nextTradeId();
    lastQuantity = start.lastQuantity();
    nextAggregateId = start.nextAggregateId();
    aggregates.clear();
    aggregates.addAll(start.aggregates());
    klines.forEach(
        (interval, series) -> series.start(start.klines().getOrDefault(interval, List.of())));
    day = new RollingDay(start.seconds(), start.closeBefore());
    List<TapeTrade> more =
        here.stream().filter(trade -> trade.trade().tradeId() >= nextTradeId).toList();
    if (!more.isEmpty() && more.getFirst().trade().tradeId() != nextTradeId) {
      throw new IllegalStateException(
          "trades %d to %d of symbol %d are neither here nor in the history"
              .formatted(nextTradeId, more.getFirst().trade().tradeId() - 1, symbol));
    }
    started = true;
    add(more);
  }

  /** Whole groups, so that no aggregate continues after the last trade. */
  private void add(List<TapeTrade> trades) {
    int first = 0;
    for (int i = 0; i < trades.size(); i++) {
      TapeTrade each = trades.get(i);
      TradeView trade = each.trade();
      for (KlineSeries series : klines.values()) {
        series.add(trade);
      }
      day.add(trade);
      day.advance(trade.time());
      if (i + 1 == trades.size() || !sameAggregate(each, trades.get(i + 1))) {
        aggregates.add(aggregate(trades.subList(first, i + 1)));
        first = i + 1;
      }
      nextTradeId = trade.tradeId() + 1;
      lastQuantity = trade.quantity();
      lastTime = trade.time();
    }
    forget();
  }

  private static boolean sameAggregate(TapeTrade one, TapeTrade next) {
    return one.sequence() == next.sequence()
        && one.takerOrderId() == next.takerOrderId()
        && one.trade().price() == next.trade().price();
  }

  private AggregateTrade aggregate(List<TapeTrade> trades) {
    TradeView first = trades.getFirst().trade();
    TradeView last = trades.getLast().trade();
    long quantity = 0;
    for (TapeTrade trade : trades) {
      quantity = Math.addExact(quantity, trade.trade().quantity());
    }
    return new AggregateTrade(
        symbol,
        nextAggregateId++,
        first.price(),
        quantity,
        first.tradeId(),
        last.tradeId(),
        first.time(),
        first.buyerIsMaker());
  }

  /** What the read model has forgotten the history has. */
  private void forget() {
    List<TapeTrade> oldest = readModel.tape(symbol, 0, 1);
    long tradeId = oldest.isEmpty() ? 0 : oldest.getFirst().trade().tradeId();
    klines.values().forEach(series -> series.forget(KEPT, tradeId));
    while (aggregates.size() > KEPT
        && aggregates.getFirst().lastTradeId() < tradeId
        && aggregates.getFirst().id() < nextTold) {
      aggregates.removeFirst();
    }
  }

  private KlineSeries series(Interval interval) {
    KlineSeries series = klines.get(interval);
    if (series == null) {
      throw new IllegalStateException("no klines of " + interval);
    }
    return series;
  }
}
