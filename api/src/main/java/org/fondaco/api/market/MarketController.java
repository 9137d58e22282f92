package org.fondaco.api.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.past.Past;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.readmodel.ReadModel;

/** Public market data, all of it from memory [rest-api.md §General endpoints, §Market Data]. */
public final class MarketController {
  private static final int DEPTH_LIMIT = 100;
  private static final int DEPTH_LIMIT_MAX = 5_000;
  private static final int TRADES_LIMIT = 500;
  private static final int TRADES_LIMIT_MAX = 1_000;
  private static final Parameter SYMBOL =
      Parameter.mandatory("symbol", Type.STRING, "For example BTCUSDT.");
  private static final Parameter ONE =
      Parameter.optional("symbol", Type.STRING, "One symbol; not with symbols.");
  private static final Parameter SOME =
      Parameter.optional("symbols", Type.STRING, "For example [\"BTCUSDT\",\"ETHUSDT\"].");
  private static final Parameter STATUS =
      Parameter.choice(
          "symbolStatus", SymbolStatus.class, false, "Only symbols in this trading status.");

  private final Markets markets;
  private final ReadModel readModel;
  private final Past past;
  private final ExchangeInfo exchangeInfo;

  public MarketController(Markets markets, ReadModel readModel, Past past, Limits limits) {
    this.markets = markets;
    this.readModel = readModel;
    this.past = past;
    this.exchangeInfo = new ExchangeInfo(limits);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        get("ping", "Test connectivity", 1, List.of(), this::ping),
        get("time", "Server time", 1, List.of(), this::time),
        get(
            "exchangeInfo",
            "Trading rules and symbols",
            20,
            List.of(
                ONE,
                SOME,
                STATUS,
                Parameter.optional("permissions", Type.STRING, "Only SPOT exists."),
                Parameter.optional("showPermissionSets", Type.BOOLEAN, "Default true.")),
            this::exchangeInfo),
        Endpoint.of(
            Method.GET,
            "/api/v3/depth",
            "Market data",
            "Order book",
            Access.PUBLIC,
            MarketController::depthWeight,
            List.of(
                SYMBOL,
                Parameter.optional("limit", Type.INT, "Levels a side, default 100, at most 5000."),
                STATUS),
            this::depth),
        get(
            "trades",
            "Recent trades",
            25,
            List.of(SYMBOL, Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            this::trades),
        ticker("bookTicker", "Best prices", this::bookTicker),
        ticker("price", "Last price", this::price));
  }

  private static Endpoint get(
      String path, String summary, int weight, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET,
        "/api/v3/" + path,
        "Market data",
        summary,
        Access.PUBLIC,
        weight,
        parameters,
        action);
  }

  private Endpoint ticker(String path, String summary, BiConsumer<JsonWriter, Market> write) {
    return Endpoint.of(
        Method.GET,
        "/api/v3/ticker/" + path,
        "Market data",
        summary,
        Access.PUBLIC,
        sent -> sent.has("symbol") ? 2 : 4,
        List.of(ONE, SOME, STATUS),
        call -> ticker(call, write));
  }

  /** One symbol is answered as an object, everything else as an array. */
  private CompletableFuture<Answer> ticker(Call call, BiConsumer<JsonWriter, Market> write) {
    List<Market> chosen = chosen(call.parameters());
    JsonWriter json = new JsonWriter(128 * (chosen.size() + 1));
    if (call.parameters().has("symbol") && !chosen.isEmpty()) {
      write.accept(json, chosen.getFirst());
    } else {
      json.beginArray();
      chosen.forEach(market -> write.accept(json, market));
      json.endArray();
    }
    return done(json);
  }

  private CompletableFuture<Answer> ping(Call call) {
    return done(new JsonWriter(2).beginObject().endObject());
  }

  private CompletableFuture<Answer> time(Call call) {
    JsonWriter json = new JsonWriter(40).beginObject();
    call.time(json, "serverTime", nowMicros());
    return done(json.endObject());
  }

  private CompletableFuture<Answer> exchangeInfo(Call call) {
    List<Market> chosen = chosen(call.parameters());
    String permissions = call.parameters().text("permissions");
    if (permissions != null && !permissions.contains("SPOT")) {
      chosen = List.of();
    }
    JsonWriter json = new JsonWriter(4_096);
    exchangeInfo.write(
        json, call, chosen, nowMicros(), call.parameters().flag("showPermissionSets", true));
    return done(json);
  }

  private static int depthWeight(Parameters sent) {
    int limit = limit(sent, DEPTH_LIMIT, DEPTH_LIMIT_MAX);
    if (limit <= 100) {
      return 5;
    }
    return limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
  }

  private CompletableFuture<Answer> depth(Call call) {
    Market market = markets.named(call.parameters().mandatoryText("symbol"));
    int limit = limit(call.parameters(), DEPTH_LIMIT, DEPTH_LIMIT_MAX);
    ReadModel.Depth depth = readModel.depth(market.id(), limit);
    JsonWriter json = new JsonWriter(64 + 40 * (depth.bids().size() + depth.asks().size()));
    json.beginObject().field("lastUpdateId", depth.updateId());
    levels(json, "bids", market, depth.bids());
    levels(json, "asks", market, depth.asks());
    return done(json.endObject());
  }

  private static void levels(
      JsonWriter json, String name, Market market, List<ReadModel.Level> levels) {
    json.name(name).beginArray();
    for (ReadModel.Level level : levels) {
      json.beginArray();
      json.decimal(level.price(), market.quoteScale());
      json.decimal(level.quantity(), market.baseScale());
      json.endArray();
    }
    json.endArray();
  }

  private CompletableFuture<Answer> trades(Call call) {
    Market market = markets.named(call.parameters().mandatoryText("symbol"));
    int limit = limit(call.parameters(), TRADES_LIMIT, TRADES_LIMIT_MAX);
    return past.ask(() -> trades(call, market, past.trades(market.id(), limit)));
  }

  private static Answer trades(Call call, Market market, List<ReadModel.TradeView> trades) {
    JsonWriter json = new JsonWriter(4_096).beginArray();
    for (ReadModel.TradeView trade : trades) {
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
    json.field(side + "Price", level.price(), market.quoteScale());
    json.field(side + "Qty", level.quantity(), market.baseScale());
  }

  private void price(JsonWriter json, Market market) {
    json.beginObject();
    json.field("symbol", market.name());
    json.field("price", readModel.lastPrice(market.id()), market.quoteScale());
    json.endObject();
  }

  /** The symbols that a request asks about: one, some, or all; in the status asked for. */
  private List<Market> chosen(Parameters parameters) {
    String one = parameters.text("symbol");
    String some = parameters.text("symbols");
    SymbolStatus status =
        parameters.choice(
            "symbolStatus", SymbolStatus.values(), RequestErrors::invalidSymbolStatus);
    if (one != null && some != null) {
      throw RequestErrors.badCombination();
    }
    List<Market> chosen =
        one != null
            ? List.of(markets.named(one))
            : some != null ? named(SymbolList.parse(some)) : markets.all();
    return status == null
        ? chosen
        : chosen.stream().filter(market -> market.symbol().status() == status).toList();
  }

  private List<Market> named(List<String> names) {
    List<Market> found = new ArrayList<>();
    names.forEach(name -> found.add(markets.named(name)));
    return found;
  }

  private static int limit(Parameters parameters, int initial, int max) {
    int limit = parameters.wholeInt("limit", initial);
    if (limit == 0) {
      throw RequestErrors.invalidData("limit");
    }
    return Math.min(limit, max);
  }

  private static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  private static CompletableFuture<Answer> done(JsonWriter json) {
    return CompletableFuture.completedFuture(Answer.ok(json));
  }
}
