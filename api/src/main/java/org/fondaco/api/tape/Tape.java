package org.fondaco.api.tape;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.fondaco.api.feed.Group;
import org.fondaco.api.feed.GroupSubscriber;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.TapeTrade;
import org.fondaco.engine.readmodel.ReadModel.TradeView;

/**
 * What public trades add up to, in memory: aggregates, klines of every interval, 24 hour tickers.
 * Never behind the read model, whoever asks; the same after a restart as without one. Any thread
 * may read.
 *
 * <p>A reader may wait for the database only when the feed lost more than the read model keeps.
 */
public final class Tape implements GroupSubscriber {
  private static final int KLINES_MAX = 1_000;

  private final ReadModel readModel;
  private final TapeStore store;
  private final LongSupplier clock;
  private final Map<Integer, SymbolTape> symbols = new ConcurrentHashMap<>();
  private final List<TapeListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * Reads where every symbol is; to be subscribed to the feed then.
   *
   * @throws RuntimeException when the history cannot be reached
   */
  public Tape(ReadModel readModel, TapeStore store) {
    this(readModel, store, Tape::systemMicros);
  }

  /**
   * @param clock microseconds since the epoch
   */
  public Tape(ReadModel readModel, TapeStore store, LongSupplier clock) {
    this.readModel = readModel;
    this.store = store;
    this.clock = clock;
    long now = clock.getAsLong();
    readModel.symbols().forEach(symbol -> of(symbol.symbol()).startSilently(now));
  }

  private static long systemMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  /** Adds a listener; it hears of the aggregates that follow, on the feed's thread. */
  public void listen(TapeListener listener) {
    listeners.add(listener);
  }

  /** The present time of the tape, microseconds. */
  public long nowMicros() {
    return clock.getAsLong();
  }

  /** Statistics of the last 24 hours; a second that the window cuts counts as a whole. */
  public Ticker ticker(int symbol) {
    return of(symbol).ticker(nowMicros());
  }

  /**
   * The klines that memory has from an open time on, ascending, the present one last, intervals
   * without trades filled in; at most the latest 1000. Empty = never traded.
   *
   * @param fromOpenTime microseconds; later than asked when memory does not reach back so far
   */
  public List<Kline> klines(int symbol, Interval interval, long fromOpenTime) {
    List<Kline> traded = traded(symbol, interval);
    if (traded.isEmpty()) {
      return traded;
    }
    ZonedInterval grid = ZonedInterval.utc(interval);
    long to = Math.max(grid.openTime(nowMicros()), traded.getLast().openTime());
    long from = Math.max(fromOpenTime, grid.back(to, KLINES_MAX - 1));
    from = Math.max(from, traded.getFirst().openTime());
    return grid.filled(traded, grid.openTimeFrom(from), to);
  }

  /**
   * The klines with trades that memory has, ascending: every one from the first one's open time on.
   */
  public List<Kline> traded(int symbol, Interval interval) {
    return of(symbol).klines(interval, nowMicros());
  }

  /** The aggregates that memory has, ascending: every one from the first one's id on. */
  public List<AggregateTrade> aggregates(int symbol) {
    return of(symbol).aggregates(nowMicros());
  }

  @Override
  public void group(Group group) {
    Map<Integer, List<TapeTrade>> trades = new LinkedHashMap<>();
    for (EngineEvent event : group.events()) {
      if (event instanceof EngineEvent.Trade trade) {
        trades.computeIfAbsent(trade.symbol(), _ -> new ArrayList<>()).add(tapeTrade(group, trade));
      }
    }
    trades.forEach((symbol, ofSymbol) -> tell(of(symbol).group(ofSymbol, nowMicros())));
  }

  private static TapeTrade tapeTrade(Group group, EngineEvent.Trade trade) {
    return new TapeTrade(
        group.sequence(),
        trade.takerOrderId(),
        new TradeView(
            trade.tradeId(),
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            group.time(),
            trade.takerSide() == Side.SELL));
  }

  /** Nothing is lost to the tape: the read model and the history have it. */
  @Override
  public void lost() {
    symbols.values().forEach(symbol -> tell(symbol.lost(nowMicros())));
  }

  private void tell(List<AggregateTrade> aggregates) {
    for (AggregateTrade aggregate : aggregates) {
      listeners.forEach(listener -> listener.aggregate(aggregate));
    }
  }

  private SymbolTape of(int symbol) {
    return symbols.computeIfAbsent(symbol, id -> new SymbolTape(id, readModel, store));
  }
}
