package org.fondaco.api.stream;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Tape;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;

/** One symbol's streams of trades and of its book. Of the publishing thread alone. */
final class Desk {
  private static final int ALL_LEVELS = Integer.MAX_VALUE;
  private static final List<Kind> TICKERS =
      List.of(Kind.TICKER, Kind.ROLLING_TICKER, Kind.MINI_TICKER, Kind.AVERAGE_PRICE);

  private final Market market;
  private final ReadModel readModel;
  private final Tape tape;
  private final Tickers tickers;
  private final Map<Kind, List<Channel>> channels = new EnumMap<>(Kind.class);
  private final Map<Channel, DepthChanges> depths = new LinkedHashMap<>();
  private final Map<Channel, Klines> klines = new LinkedHashMap<>();
  private @Nullable Book book;
  private long updateId;

  Desk(Market market, ReadModel readModel, Tape tape, Tickers tickers) {
    this.market = market;
    this.readModel = readModel;
    this.tape = tape;
    this.tickers = tickers;
    for (Kind kind : Kind.values()) {
      channels.put(kind, new ArrayList<>());
    }
  }

  Market market() {
    return market;
  }

  void open(Channel channel, long nowMicros) {
    Kind kind = channel.name().kind();
    of(kind).add(channel);
    switch (kind) {
      case DEPTH -> depths.put(channel, new DepthChanges());
      case BOOK_TICKER -> {
        // What changed since the client subscribed may be in this snapshot already.
        channel.publish(book().bookTicker());
      }
      case KLINE -> klines.put(channel, new Klines(channel, market, tape, nowMicros));
      case TRADE,
          AGG_TRADE,
          TICKER,
          ROLLING_TICKER,
          MINI_TICKER,
          AVERAGE_PRICE,
          PARTIAL_DEPTH,
          ALL_TICKERS,
          ALL_ROLLING_TICKERS,
          ALL_MINI_TICKERS -> {}
    }
  }

  void close(Channel channel) {
    of(channel.name().kind()).remove(channel);
    depths.remove(channel);
    klines.remove(channel);
    if (of(Kind.BOOK_TICKER).isEmpty() && of(Kind.PARTIAL_DEPTH).isEmpty()) {
      book = null;
    }
  }

  /** Streams of this kind that have listeners. */
  List<Channel> of(Kind kind) {
    return channels.getOrDefault(kind, List.of());
  }

  void trade(Trade trade, long timeMicros, long nowMicros) {
    for (Channel channel : of(Kind.TRADE)) {
      channel.publish((json, times) -> {
        json.beginObject().field("e", "trade").field("E", times.of(nowMicros));
        json.field("s", market.name()).field("t", trade.tradeId());
        json.field("p", trade.price(), market.quoteScale());
        json.field("q", trade.quantity(), market.baseScale());
        json.field("T", times.of(timeMicros));
        json.field("m", trade.takerSide() == Side.SELL).field("M", true);
        json.endObject();
      });
    }
  }

  void aggregate(AggregateTrade aggregate, long nowMicros) {
    for (Channel channel : of(Kind.AGG_TRADE)) {
      channel.publish((json, times) -> {
        json.beginObject().field("e", "aggTrade").field("E", times.of(nowMicros));
        json.field("s", market.name()).field("a", aggregate.id());
        json.field("p", aggregate.price(), market.quoteScale());
        json.field("q", aggregate.quantity(), market.baseScale());
        json.field("f", aggregate.firstTradeId()).field("l", aggregate.lastTradeId());
        json.field("T", times.of(aggregate.time()));
        json.field("m", aggregate.buyerIsMaker()).field("M", true);
        json.endObject();
      });
    }
  }

  /** Tells of klines that closed. */
  void closeKlines(long nowMicros) {
    klines.values().forEach(each -> each.close(nowMicros));
  }

  /** Speaks on the streams of klines of this period. */
  void speakOfKlines(int periodMillis, long nowMicros) {
    for (Klines each : klines.values()) {
      if (each.channel().name().periodMillis() == periodMillis) {
        each.speak(nowMicros);
      }
    }
  }

  /** Speaks on tickers and averages. */
  void speakOfTickers(long nowMicros) {
    for (Kind kind : TICKERS) {
      of(kind).forEach(channel -> tickers.speak(channel, market, nowMicros));
    }
  }

  /** Takes a change of a level; false when one before it is missing. */
  boolean level(LevelChanged level) {
    boolean next = updateId == 0 || level.updateId() == updateId + 1;
    updateId = level.updateId();
    for (DepthChanges changes : depths.values()) {
      changes.add(level);
    }
    if (book != null) {
      book.apply(level);
    }
    return next;
  }

  /** The group whose levels were taken has no more. */
  void groupEnded() {
    if (book != null && !of(Kind.BOOK_TICKER).isEmpty() && book.bestChanged()) {
      Event event = book.bookTicker();
      of(Kind.BOOK_TICKER).forEach(channel -> channel.publish(event));
    }
  }

  /** Speaks on the book's streams of this period. */
  void speak(int periodMillis, long nowMicros) {
    depths.forEach((channel, changes) -> {
      if (channel.name().periodMillis() == periodMillis && !changes.isEmpty()) {
        channel.publish(changes.take(market, nowMicros));
      }
    });
    for (Channel channel : of(Kind.PARTIAL_DEPTH)) {
      if (channel.name().periodMillis() == periodMillis) {
        Book full = book();
        channel.publish((json, _) -> full.writeTop(json, channel.name().levels()));
      }
    }
  }

  /** Something was not heard: starts anew and disconnects those who must not miss anything. */
  void lost() {
    channels.forEach((kind, open) -> {
      if (kind.continuous()) {
        List.copyOf(open).forEach(Channel::disconnectAll);
      }
    });
    restart();
  }

  /** What comes next does not follow what was heard before. */
  void restart() {
    updateId = 0;
    book = null;
    depths.values().forEach(DepthChanges::clear);
    for (Channel channel : of(Kind.BOOK_TICKER)) {
      channel.publish(book().bookTicker());
    }
  }

  private Book book() {
    Book full = book;
    if (full == null) {
      full = new Book(market, readModel.depth(market.id(), ALL_LEVELS));
      book = full;
    }
    return full;
  }
}
