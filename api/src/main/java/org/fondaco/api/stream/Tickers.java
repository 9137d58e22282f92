package org.fondaco.api.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.KlineFold;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.Ticker;
import org.fondaco.engine.readmodel.ReadModel;

/** What tickers and averages say, once a second. Of the publishing thread alone. */
final class Tickers {
  private static final long MINUTE_MICROS = 60_000_000;

  private final Markets markets;
  private final ReadModel readModel;
  private final Tape tape;
  private final Map<Channel, Map<Integer, Said>> said = new HashMap<>();

  /** What makes a ticker another one; its times always change. */
  private record Said(
      long first, long last, long trades, long bid, long bidQuantity, long ask, long askQuantity) {}

  Tickers(Markets markets, ReadModel readModel, Tape tape) {
    this.markets = markets;
    this.readModel = readModel;
    this.tape = tape;
  }

  void close(Channel channel) {
    said.remove(channel);
  }

  /** Speaks on a stream of one symbol. */
  void speak(Channel channel, Market market, long nowMicros) {
    StreamName name = channel.name();
    if (name.kind() == Kind.AVERAGE_PRICE) {
      channel.publish(average(market, nowMicros));
    } else {
      Ticker ticker = ticker(name, market, nowMicros);
      channel.publish((json, times) -> write(json, times, name, market, ticker, nowMicros));
    }
  }

  /** Speaks on a stream of all symbols: of those that changed since it spoke last. */
  void speakOfAll(Channel channel, long nowMicros) {
    StreamName name = channel.name();
    Map<Integer, Said> before = said.computeIfAbsent(channel, _ -> new HashMap<>());
    List<Event> changed = new ArrayList<>();
    for (Market market : markets.all()) {
      Ticker ticker = ticker(name, market, nowMicros);
      Said now = said(ticker, name.kind() == Kind.ALL_TICKERS);
      if (!now.equals(before.put(market.id(), now))) {
        changed.add((json, times) -> write(json, times, name, market, ticker, nowMicros));
      }
    }
    if (!changed.isEmpty()) {
      channel.publish((json, times) -> {
        json.beginArray();
        changed.forEach(event -> event.write(json, times));
        json.endArray();
      });
    }
  }

  private static Said said(Ticker ticker, boolean best) {
    return new Said(
        ticker.firstTradeId(),
        ticker.lastTradeId(),
        ticker.trades(),
        best ? ticker.bid() : 0,
        best ? ticker.bidQuantity() : 0,
        best ? ticker.ask() : 0,
        best ? ticker.askQuantity() : 0);
  }

  private Ticker ticker(StreamName name, Market market, long nowMicros) {
    return name.window().isEmpty()
        ? tape.ticker(market.id())
        : rolling(market, name.window(), nowMicros);
  }

  /** The window ends now and begins with a kline, so that it is a little longer than its name. */
  private Ticker rolling(Market market, String window, long nowMicros) {
    long length = Interval.of(window).orElseThrow().lengthMicros();
    Interval grid = grid(market, nowMicros - length);
    long from = grid.openTime(nowMicros - length);
    KlineFold fold = fold(market, grid, from);
    Kline kline = fold.traded() ? fold.kline() : Kline.idle(from, nowMicros, 0);
    return new Ticker(
        market.id(),
        0,
        kline.open(),
        kline.high(),
        kline.low(),
        kline.close(),
        0,
        0,
        0,
        0,
        0,
        kline.volume(),
        kline.quoteVolume(),
        from,
        nowMicros,
        kline.firstTradeId(),
        kline.lastTradeId(),
        kline.trades());
  }

  /**
   * A minute where memory has the minutes so far back; five of a busy symbol's day, whose streams
   * must not wait for the database.
   */
  private Interval grid(Market market, long from) {
    List<Kline> minutes = tape.traded(market.id(), Interval.MINUTE);
    boolean all =
        minutes.isEmpty()
            || minutes.getFirst().firstTradeId() == 0
            || minutes.getFirst().openTime() <= Interval.MINUTE.openTime(from);
    return all ? Interval.MINUTE : Interval.MINUTES_5;
  }

  private KlineFold fold(Market market, Interval grid, long from) {
    KlineFold fold = new KlineFold(from, Long.MAX_VALUE);
    for (Kline kline : tape.traded(market.id(), grid)) {
      if (kline.openTime() >= from) {
        fold.add(kline);
      }
    }
    return fold;
  }

  private Event average(Market market, long nowMicros) {
    int minutes = market.symbol().filters().averagePriceMinutes();
    KlineFold fold =
        fold(
            market,
            Interval.MINUTE,
            Interval.MINUTE.openTime(nowMicros) - Math.max(0, minutes - 1) * MINUTE_MICROS);
    long price =
        minutes > 0 && fold.traded()
            ? Ticker.weightedAverage(
                fold.kline().quoteVolume(), fold.kline().volume(), market.baseScale())
            : readModel.lastPrice(market.id());
    List<ReadModel.TradeView> last = readModel.trades(market.id(), 1);
    long lastTime = last.isEmpty() ? 0 : last.getLast().time();
    return (json, times) -> {
      json.beginObject().field("e", "avgPrice").field("E", times.of(nowMicros));
      json.field("s", market.name()).field("i", minutes + "m");
      json.field("w", price, market.quoteScale()).field("T", times.of(lastTime));
      json.endObject();
    };
  }

  private static void write(
      JsonWriter json, Times times, StreamName name, Market market, Ticker ticker, long nowMicros) {
    json.beginObject();
    switch (name.kind()) {
      case MINI_TICKER, ALL_MINI_TICKERS -> mini(json, times, market, ticker, nowMicros);
      case TICKER, ALL_TICKERS -> full(json, times, market, ticker, nowMicros);
      case ROLLING_TICKER, ALL_ROLLING_TICKERS ->
          rolling(json, times, name.window() + "Ticker", market, ticker, nowMicros);
      case TRADE, AGG_TRADE, KLINE, BOOK_TICKER, AVERAGE_PRICE, DEPTH, PARTIAL_DEPTH ->
          throw new IllegalArgumentException("no ticker: " + name.text());
    }
    json.endObject();
  }

  private static void head(
      JsonWriter json, Times times, String type, Market market, long nowMicros) {
    json.field("e", type).field("E", times.of(nowMicros)).field("s", market.name());
  }

  private static void mini(
      JsonWriter json, Times times, Market market, Ticker ticker, long nowMicros) {
    int quote = market.quoteScale();
    head(json, times, "24hrMiniTicker", market, nowMicros);
    json.field("c", ticker.last(), quote).field("o", ticker.open(), quote);
    json.field("h", ticker.high(), quote).field("l", ticker.low(), quote);
    json.field("v", ticker.volume(), market.baseScale());
    json.field("q", ticker.quoteVolume(), quote);
  }

  private static void full(
      JsonWriter json, Times times, Market market, Ticker ticker, long nowMicros) {
    int quote = market.quoteScale();
    int base = market.baseScale();
    head(json, times, "24hrTicker", market, nowMicros);
    json.field("p", ticker.change(), quote).field("P", ticker.changePercent());
    json.field("w", ticker.weightedAverage(base), quote);
    json.field("x", ticker.previousClose(), quote).field("c", ticker.last(), quote);
    json.field("Q", ticker.lastQuantity(), base);
    json.field("b", ticker.bid(), quote).field("B", ticker.bidQuantity(), base);
    json.field("a", ticker.ask(), quote).field("A", ticker.askQuantity(), base);
    json.field("o", ticker.open(), quote).field("h", ticker.high(), quote);
    json.field("l", ticker.low(), quote);
    tail(json, times, market, ticker);
  }

  private static void rolling(
      JsonWriter json, Times times, String type, Market market, Ticker ticker, long nowMicros) {
    int quote = market.quoteScale();
    head(json, times, type, market, nowMicros);
    json.field("p", ticker.change(), quote).field("P", ticker.changePercent());
    json.field("o", ticker.open(), quote).field("h", ticker.high(), quote);
    json.field("l", ticker.low(), quote).field("c", ticker.last(), quote);
    json.field("w", ticker.weightedAverage(market.baseScale()), quote);
    tail(json, times, market, ticker);
  }

  private static void tail(JsonWriter json, Times times, Market market, Ticker ticker) {
    json.field("v", ticker.volume(), market.baseScale());
    json.field("q", ticker.quoteVolume(), market.quoteScale());
    json.field("O", times.of(ticker.openTime())).field("C", times.of(ticker.closeTime()));
    json.field("F", ticker.firstTradeId()).field("L", ticker.lastTradeId());
    json.field("n", ticker.trades());
  }
}
