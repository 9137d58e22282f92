package org.fondaco.api.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.past.Past;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.Tape;
import org.fondaco.engine.readmodel.ReadModel;

/** Public market data [rest-api.md §General endpoints, §Market Data endpoints]. */
public final class MarketController {
  private static final int DEPTH_LIMIT = 100;
  private static final int DEPTH_LIMIT_MAX = 5_000;

  private final SymbolChoice symbols;
  private final ReadModel readModel;
  private final ExchangeInfo exchangeInfo;
  private final KlineController klines;
  private final TickerController tickers;
  private final TradesController trades;

  /**
   * @param past asks the database where it may wait
   * @param tape what memory has of trades
   * @param history what the database has of them
   */
  public MarketController(
      Markets markets,
      ReadModel readModel,
      Past past,
      Tape tape,
      TapeHistory history,
      Limits limits) {
    this.symbols = new SymbolChoice(markets);
    this.readModel = readModel;
    this.exchangeInfo = new ExchangeInfo(limits);
    KlineReader reader = new KlineReader(tape, history);
    this.klines = new KlineController(symbols, reader, past);
    this.tickers = new TickerController(symbols, readModel, tape, reader, past);
    this.trades =
        new TradesController(symbols, new TradesReader(readModel, tape, history), tape, past);
  }

  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(MarketEndpoint.get("ping", "Test connectivity", 1, List.of(), this::ping));
    endpoints.add(MarketEndpoint.get("time", "Server time", 1, List.of(), this::time));
    endpoints.add(
        MarketEndpoint.get(
            "exchangeInfo",
            "Trading rules and symbols",
            20,
            List.of(
                SymbolChoice.ONE,
                SymbolChoice.SOME,
                SymbolChoice.STATUS,
                Parameter.optional("permissions", Type.STRING, "Only SPOT exists."),
                Parameter.optional("showPermissionSets", Type.BOOLEAN, "Default true.")),
            this::exchangeInfo));
    endpoints.add(
        MarketEndpoint.get(
            "depth",
            "Order book",
            MarketController::depthWeight,
            List.of(
                SymbolChoice.SYMBOL,
                Parameter.optional("limit", Type.INT, "Levels a side, default 100, at most 5000."),
                SymbolChoice.STATUS),
            this::depth));
    endpoints.addAll(trades.endpoints());
    endpoints.addAll(klines.endpoints());
    endpoints.addAll(tickers.endpoints());
    return endpoints;
  }

  private CompletableFuture<Answer> ping(Call call) {
    return MarketEndpoint.done(new JsonWriter(2).beginObject().endObject());
  }

  private CompletableFuture<Answer> time(Call call) {
    JsonWriter json = new JsonWriter(40).beginObject();
    call.time(json, "serverTime", nowMicros());
    return MarketEndpoint.done(json.endObject());
  }

  private CompletableFuture<Answer> exchangeInfo(Call call) {
    List<Market> chosen = symbols.chosen(call.parameters());
    String permissions = call.parameters().text("permissions");
    if (permissions != null && !permissions.contains("SPOT")) {
      chosen = List.of();
    }
    JsonWriter json = new JsonWriter(4_096);
    exchangeInfo.write(
        json, call, chosen, nowMicros(), call.parameters().flag("showPermissionSets", true));
    return MarketEndpoint.done(json);
  }

  private static int depthWeight(Parameters sent) {
    int limit = MarketEndpoint.limit(sent, DEPTH_LIMIT, DEPTH_LIMIT_MAX);
    if (limit <= 100) {
      return 5;
    }
    return limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
  }

  private CompletableFuture<Answer> depth(Call call) {
    Market market = symbols.one(call.parameters());
    int limit = MarketEndpoint.limit(call.parameters(), DEPTH_LIMIT, DEPTH_LIMIT_MAX);
    ReadModel.Depth depth = readModel.depth(market.id(), limit);
    JsonWriter json = new JsonWriter(64 + 40 * (depth.bids().size() + depth.asks().size()));
    json.beginObject().field("lastUpdateId", depth.updateId());
    levels(json, "bids", market, depth.bids());
    levels(json, "asks", market, depth.asks());
    return MarketEndpoint.done(json.endObject());
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

  private static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
