package org.fondaco.api.market;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.past.Past;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.KlineFold;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.Ticker;
import org.fondaco.engine.readmodel.ReadModel.TradeView;

/**
 * Public trades, one by one, aggregated and averaged [rest-api.md §Recent trades list, §Old trade
 * lookup, §Compressed/Aggregate trades list, §Current average price].
 */
final class TradesController {
  private static final int BYTES_PER_TRADE = 160;
  private static final long MINUTE_MICROS = 60_000_000;

  private final SymbolChoice symbols;
  private final TradesReader trades;
  private final Tape tape;
  private final Past past;

  TradesController(SymbolChoice symbols, TradesReader trades, Tape tape, Past past) {
    this.symbols = symbols;
    this.trades = trades;
    this.tape = tape;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    Parameter fromId = Parameter.optional("fromId", Type.LONG, "First id wanted.");
    return List.of(
        MarketEndpoint.get(
            "trades",
            "Recent trades",
            25,
            List.of(SymbolChoice.SYMBOL, MarketEndpoint.PAGE),
            this::recent),
        MarketEndpoint.get(
            "historicalTrades",
            "Old trades",
            25,
            List.of(SymbolChoice.SYMBOL, fromId, MarketEndpoint.PAGE),
            this::historical),
        MarketEndpoint.get(
            "aggTrades",
            "Aggregate trades",
            4,
            List.of(
                SymbolChoice.SYMBOL,
                fromId,
                Parameter.optional("startTime", Type.LONG, "From here on; not with fromId."),
                Parameter.optional("endTime", Type.LONG, "Until here; not with fromId."),
                MarketEndpoint.PAGE),
            this::aggregates),
        MarketEndpoint.get(
            "avgPrice", "Average price", 2, List.of(SymbolChoice.SYMBOL), this::average));
  }

  private CompletableFuture<Answer> recent(Call call) {
    Market market = symbols.one(call.parameters());
    int limit = MarketEndpoint.page(call.parameters());
    return past.ask(() -> trades(call, market, past.trades(market.id(), limit)));
  }

  private CompletableFuture<Answer> historical(Call call) {
    Market market = symbols.one(call.parameters());
    int limit = MarketEndpoint.page(call.parameters());
    OptionalLong fromId = Past.optional(call.parameters(), "fromId");
    return past.ask(() ->
        trades(
            call,
            market,
            fromId.isPresent()
                ? trades.trades(market.id(), fromId.getAsLong(), limit)
                : past.trades(market.id(), limit)));
  }

  private static Answer trades(Call call, Market market, List<TradeView> trades) {
    JsonWriter json = new JsonWriter(16 + BYTES_PER_TRADE * trades.size()).beginArray();
    for (TradeView trade : trades) {
      json.beginObject();
      json.field("id", trade.tradeId());
      json.field("price", trade.price(), market.quoteScale());
      json.field("qty", trade.quantity(), market.baseScale());
      json.field("quoteQty", trade.quoteQuantity(), market.quoteScale());
      call.time(json, "time", trade.time());
      json.field("isBuyerMaker", trade.buyerIsMaker());
      json.field("isBestMatch", true);
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private CompletableFuture<Answer> aggregates(Call call) {
    Parameters sent = call.parameters();
    Market market = symbols.one(sent);
    OptionalLong fromId = Past.optional(sent, "fromId");
    OptionalLong start = Past.time(sent, "startTime");
    OptionalLong end = Past.time(sent, "endTime");
    if (fromId.isPresent() && (start.isPresent() || end.isPresent())
        || start.isPresent() && end.isPresent() && start.getAsLong() > end.getAsLong()) {
      throw RequestErrors.badCombination();
    }
    int limit = MarketEndpoint.page(sent);
    return past.ask(() ->
        aggregates(
            call,
            market,
            fromId.isPresent()
                ? trades.aggregates(market.id(), fromId.getAsLong(), limit)
                : trades.aggregates(market.id(), start, end, limit)));
  }

  private static Answer aggregates(Call call, Market market, List<AggregateTrade> aggregates) {
    JsonWriter json = new JsonWriter(16 + BYTES_PER_TRADE * aggregates.size()).beginArray();
    for (AggregateTrade aggregate : aggregates) {
      json.beginObject();
      json.field("a", aggregate.id());
      json.field("p", aggregate.price(), market.quoteScale());
      json.field("q", aggregate.quantity(), market.baseScale());
      json.field("f", aggregate.firstTradeId());
      json.field("l", aggregate.lastTradeId());
      call.time(json, "T", aggregate.time());
      json.field("m", aggregate.buyerIsMaker());
      json.field("M", true);
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  /** The average that the filters use: of whole minutes, the present one the last of them. */
  private CompletableFuture<Answer> average(Call call) {
    Market market = symbols.one(call.parameters());
    int minutes = market.symbol().filters().averagePriceMinutes();
    long from =
        Interval.MINUTE.openTime(tape.nowMicros()) - Math.max(0, minutes - 1) * MINUTE_MICROS;
    return past.ask(() -> {
      KlineFold fold = new KlineFold(from, Long.MAX_VALUE);
      tape.traded(market.id(), Interval.MINUTE).stream()
          .filter(kline -> minutes > 0 && kline.openTime() >= from)
          .forEach(fold::add);
      List<TradeView> last = past.trades(market.id(), 1);
      long lastPrice = last.isEmpty() ? 0 : last.getFirst().price();
      long price =
          fold.traded()
              ? Ticker.weightedAverage(
                  fold.kline().quoteVolume(), fold.kline().volume(), market.baseScale())
              : lastPrice;
      JsonWriter json = new JsonWriter(80).beginObject();
      json.field("mins", minutes);
      json.field("price", price, market.quoteScale());
      call.time(json, "closeTime", last.isEmpty() ? 0 : last.getFirst().time());
      return Answer.ok(json.endObject());
    });
  }
}
