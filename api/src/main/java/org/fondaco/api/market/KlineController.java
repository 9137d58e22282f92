package org.fondaco.api.market;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
import org.fondaco.api.tape.ZonedInterval;

/** Klines [rest-api.md §Kline/Candlestick data, §UIKlines]. */
final class KlineController {
  private static final int BYTES_PER_KLINE = 200;
  private static final List<Parameter> PARAMETERS =
      List.of(
          SymbolChoice.SYMBOL,
          Parameter.mandatory(
              "interval",
              Type.STRING,
              "1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w or 1M."),
          Parameter.optional("startTime", Type.LONG, "Least open time."),
          Parameter.optional("endTime", Type.LONG, "Greatest open time."),
          TimeZoneOffset.PARAMETER,
          MarketEndpoint.PAGE);

  private final SymbolChoice symbols;
  private final KlineReader klines;
  private final Past past;

  KlineController(SymbolChoice symbols, KlineReader klines, Past past) {
    this.symbols = symbols;
    this.klines = klines;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    return List.of(
        MarketEndpoint.get("klines", "Klines", 2, PARAMETERS, this::klines),
        MarketEndpoint.get("uiKlines", "Klines for charts", 2, PARAMETERS, this::klines));
  }

  private CompletableFuture<Answer> klines(Call call) {
    Parameters sent = call.parameters();
    Market market = symbols.one(sent);
    Interval interval =
        Interval.of(sent.mandatoryText("interval")).orElseThrow(KlineController::badInterval);
    ZonedInterval grid = new ZonedInterval(interval, TimeZoneOffset.micros(sent));
    OptionalLong start = Past.time(sent, "startTime");
    OptionalLong end = Past.time(sent, "endTime");
    if (start.isPresent() && end.isPresent() && start.getAsLong() > end.getAsLong()) {
      throw RequestErrors.badCombination();
    }
    int limit = MarketEndpoint.page(sent);
    return past.ask(
        () -> answer(call, market, klines.klines(market.id(), grid, start, end, limit)));
  }

  private static Answer answer(Call call, Market market, List<Kline> klines) {
    JsonWriter json = new JsonWriter(16 + BYTES_PER_KLINE * klines.size()).beginArray();
    for (Kline kline : klines) {
      json.beginArray();
      json.value(call.time(kline.openTime()));
      json.decimal(kline.open(), market.quoteScale());
      json.decimal(kline.high(), market.quoteScale());
      json.decimal(kline.low(), market.quoteScale());
      json.decimal(kline.close(), market.quoteScale());
      json.decimal(kline.volume(), market.baseScale());
      json.value(call.time(kline.closeTime()));
      json.decimal(kline.quoteVolume(), market.quoteScale());
      json.value(kline.trades());
      json.decimal(kline.takerBuyVolume(), market.baseScale());
      json.decimal(kline.takerBuyQuoteVolume(), market.quoteScale());
      json.value("0");
      json.endArray();
    }
    return Answer.ok(json.endArray());
  }

  private static RuntimeException badInterval() {
    return ApiError.badRequest(-1120, "Invalid interval.").exception();
  }
}
