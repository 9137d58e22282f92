package org.fondaco.api.market;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.api.error.ApiError;
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
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.Ticker;
import org.fondaco.api.tape.ZonedInterval;
import org.fondaco.engine.readmodel.ReadModel;

/** All forms of {@code /api/v3/ticker} [rest-api.md §Market Data endpoints]. */
final class TickerController {
  private static final int SYMBOLS_MAX = 100;
  private static final int WEIGHT_EACH = 4;
  private static final int WEIGHT_MAX = 200;
  private static final int ALL_WEIGHT = 80;
  private static final long MINUTE_MICROS = 60_000_000;
  private static final Pattern WINDOW =
      Pattern.compile("([1-9]|[1-5]\\d)m|([1-9]|1\\d|2[0-3])h|([1-7])d");

  private final SymbolChoice symbols;
  private final ReadModel readModel;
  private final Tape tape;
  private final KlineReader klines;
  private final Past past;

  /** What a request of type FULL or MINI asks for. */
  private enum Form {
    FULL,
    MINI
  }

  private static final Parameter TYPE =
      Parameter.choice("type", Form.class, false, "Default FULL.");

  TickerController(
      SymbolChoice symbols, ReadModel readModel, Tape tape, KlineReader klines, Past past) {
    this.symbols = symbols;
    this.readModel = readModel;
    this.tape = tape;
    this.klines = klines;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    List<Parameter> choice = List.of(SymbolChoice.ONE, SymbolChoice.SOME, SymbolChoice.STATUS);
    ToIntFunction<Parameters> quick = sent -> sent.has("symbol") ? 2 : 4;
    return List.of(
        MarketEndpoint.get(
            "ticker/24hr",
            "Statistics of 24 hours",
            TickerController::dayWeight,
            with(choice, TYPE),
            this::day),
        MarketEndpoint.get(
            "ticker/tradingDay",
            "Statistics of a day",
            TickerController::eachWeight,
            with(choice, TimeZoneOffset.PARAMETER, TYPE),
            this::tradingDay),
        MarketEndpoint.get(
            "ticker",
            "Statistics of a window",
            TickerController::eachWeight,
            with(
                choice,
                Parameter.optional(
                    "windowSize", Type.STRING, "1m to 59m, 1h to 23h, 1d to 7d. Default 1d."),
                TYPE),
            this::window),
        MarketEndpoint.get(
            "ticker/price",
            "Last price",
            quick,
            choice,
            call -> now(call, symbols.chosen(call.parameters()), this::price)),
        MarketEndpoint.get(
            "ticker/bookTicker",
            "Best prices",
            quick,
            choice,
            call -> now(call, symbols.chosen(call.parameters()), this::bookTicker)));
  }

  private static List<Parameter> with(List<Parameter> parameters, Parameter... more) {
    List<Parameter> all = new java.util.ArrayList<>(parameters);
    all.addAll(List.of(more));
    return all;
  }

  private static int dayWeight(Parameters sent) {
    if (sent.has("symbol")) {
      return 2;
    }
    int count = sent.has("symbols") ? SymbolChoice.count(sent) : Integer.MAX_VALUE;
    return count <= 20 ? 2 : count <= SYMBOLS_MAX ? ALL_WEIGHT / 2 : ALL_WEIGHT;
  }

  private static int eachWeight(Parameters sent) {
    return Math.min(WEIGHT_MAX, WEIGHT_EACH * Math.min(SYMBOLS_MAX, SymbolChoice.count(sent)));
  }

  /** One symbol is answered as an object, everything else as an array. */
  private static CompletableFuture<Answer> now(
      Call call, List<Market> chosen, BiConsumer<JsonWriter, Market> write) {
    return MarketEndpoint.done(json(call, chosen, write));
  }

  private static JsonWriter json(
      Call call, List<Market> chosen, BiConsumer<JsonWriter, Market> write) {
    JsonWriter json = new JsonWriter(128 * (chosen.size() + 1));
    if (call.parameters().has("symbol")) {
      write.accept(json, chosen.getFirst());
      return json;
    }
    json.beginArray();
    chosen.forEach(market -> write.accept(json, market));
    return json.endArray();
  }

  private void price(JsonWriter json, Market market) {
    json.beginObject();
    json.field("symbol", market.name());
    json.field("price", readModel.lastPrice(market.id()), market.quoteScale());
    json.endObject();
  }

  private void bookTicker(JsonWriter json, Market market) {
    ReadModel.Depth depth = readModel.depth(market.id(), 1);
    json.beginObject().field("symbol", market.name());
    best(json, "bid", market, depth.bids());
    best(json, "ask", market, depth.asks());
    json.endObject();
  }

  private static void best(
      JsonWriter json, String side, Market market, List<ReadModel.Level> levels) {
    ReadModel.Level level = levels.isEmpty() ? new ReadModel.Level(0, 0) : levels.getFirst();
    best(json, side, market, level.price(), level.quantity());
  }

  private static void best(JsonWriter json, String side, Market market, long price, long quantity) {
    json.field(side + "Price", price, market.quoteScale());
    json.field(side + "Qty", quantity, market.baseScale());
  }

  /**
   * From memory, except after the feed lost more than memory keeps; therefore where it may wait.
   */
  private CompletableFuture<Answer> day(Call call) {
    Form form = form(call.parameters());
    List<Market> chosen = symbols.chosen(call.parameters());
    return past.ask(() ->
        Answer.ok(
            json(
                call,
                chosen,
                (json, market) ->
                    statistics(json, call, market, form, tape.ticker(market.id()), true))));
  }

  private CompletableFuture<Answer> tradingDay(Call call) {
    ZonedInterval days = new ZonedInterval(Interval.DAY, TimeZoneOffset.micros(call.parameters()));
    long from = days.openTime(tape.nowMicros());
    return since(call, from, days.closeTime(from));
  }

  private CompletableFuture<Answer> window(Call call) {
    long now = tape.nowMicros();
    long from = Interval.MINUTE.openTime(now - windowMicros(call.parameters()));
    return since(call, from, now);
  }

  private CompletableFuture<Answer> since(Call call, long from, long closeTime) {
    Form form = form(call.parameters());
    List<Market> chosen = symbols.chosen(call.parameters(), SYMBOLS_MAX);
    return past.ask(() ->
        Answer.ok(
            json(
                call,
                chosen,
                (json, market) ->
                    statistics(
                        json,
                        call,
                        market,
                        form,
                        ticker(market.id(), klines.since(market.id(), from, closeTime)),
                        false))));
  }

  private static Ticker ticker(int symbol, Kline kline) {
    return new Ticker(
        symbol,
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
        kline.openTime(),
        kline.closeTime(),
        kline.firstTradeId(),
        kline.lastTradeId(),
        kline.trades());
  }

  /**
   * @param best with what only the 24 hour ticker has: previous close, last quantity, best prices
   */
  private static void statistics(
      JsonWriter json, Call call, Market market, Form form, Ticker ticker, boolean best) {
    int quote = market.quoteScale();
    json.beginObject().field("symbol", market.name());
    boolean full = form == Form.FULL;
    if (full) {
      json.field("priceChange", ticker.change(), quote);
      json.field("priceChangePercent", ticker.changePercent());
      json.field("weightedAvgPrice", ticker.weightedAverage(market.baseScale()), quote);
    }
    if (full && best) {
      json.field("prevClosePrice", ticker.previousClose(), quote);
      json.field("lastPrice", ticker.last(), quote);
      json.field("lastQty", ticker.lastQuantity(), market.baseScale());
      best(json, "bid", market, ticker.bid(), ticker.bidQuantity());
      best(json, "ask", market, ticker.ask(), ticker.askQuantity());
    }
    json.field("openPrice", ticker.open(), quote);
    json.field("highPrice", ticker.high(), quote);
    json.field("lowPrice", ticker.low(), quote);
    if (!full || !best) {
      json.field("lastPrice", ticker.last(), quote);
    }
    json.field("volume", ticker.volume(), market.baseScale());
    json.field("quoteVolume", ticker.quoteVolume(), quote);
    call.time(json, "openTime", ticker.openTime());
    call.time(json, "closeTime", ticker.closeTime());
    json.field("firstId", ticker.firstTradeId());
    json.field("lastId", ticker.lastTradeId());
    json.field("count", ticker.trades());
    json.endObject();
  }

  private static Form form(Parameters sent) {
    Form form =
        sent.choice(
            "type",
            Form.values(),
            () -> ApiError.badRequest(-1139, "Invalid ticker type.").exception());
    return form == null ? Form.FULL : form;
  }

  private static long windowMicros(Parameters sent) {
    String text = sent.text("windowSize");
    Matcher matcher = WINDOW.matcher(text == null ? "1d" : text);
    if (!matcher.matches()) {
      throw RequestErrors.invalidData("windowSize");
    }
    if (matcher.group(1) != null) {
      return Integer.parseInt(matcher.group(1)) * MINUTE_MICROS;
    }
    return matcher.group(2) != null
        ? Integer.parseInt(matcher.group(2)) * 60 * MINUTE_MICROS
        : Integer.parseInt(matcher.group(3)) * 24 * 60 * MINUTE_MICROS;
  }
}
