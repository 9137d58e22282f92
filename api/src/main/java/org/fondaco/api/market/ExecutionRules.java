package org.fondaco.api.market;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.ApiError;
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
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.SymbolStatus;
import org.jspecify.annotations.Nullable;

/**
 * Rules enforced when an order executes [faqs/price_range_execution_rules.md]. No symbol of this
 * venue has one, nor the reference price that the only rule there is refers to.
 */
public final class ExecutionRules {
  private static final int WEIGHT = 2;
  private static final int WEIGHT_ALL = 40;

  private final Markets markets;

  public ExecutionRules(Markets markets) {
    this.markets = markets;
  }

  public List<Endpoint> endpoints() {
    Parameter symbol = Parameter.mandatory("symbol", Type.STRING, "For example BTCUSDT.");
    Parameter status =
        Parameter.choice(
            "symbolStatus", SymbolStatus.class, false, "Only symbols in this trading status.");
    return List.of(
        Endpoint.of(
            Method.GET,
            "/api/v3/executionRules",
            "Market data",
            "Execution rules",
            Access.PUBLIC,
            ExecutionRules::weight,
            List.of(
                Parameter.optional("symbol", Type.STRING, "One symbol; not with symbols."),
                Parameter.optional(
                    "symbols", Type.STRING, "For example [\"BTCUSDT\",\"ETHUSDT\"]."),
                status),
            this::rules),
        Endpoint.of(
            Method.GET,
            "/api/v3/referencePrice",
            "Market data",
            "Reference price; no symbol has one",
            Access.PUBLIC,
            WEIGHT,
            List.of(symbol),
            this::referencePrice),
        Endpoint.of(
            Method.GET,
            "/api/v3/referencePrice/calculation",
            "Market data",
            "Calculation of the reference price; no symbol has one",
            Access.PUBLIC,
            WEIGHT,
            List.of(symbol, status),
            this::referencePrice));
  }

  private static int weight(Parameters sent) {
    if (sent.has("symbol")) {
      return WEIGHT;
    }
    String some = sent.text("symbols");
    return some == null
        ? WEIGHT_ALL
        : Math.clamp((long) WEIGHT * SymbolList.parse(some).size(), WEIGHT, WEIGHT_ALL);
  }

  private CompletableFuture<Answer> rules(Call call) {
    Parameters parameters = call.parameters();
    String one = parameters.text("symbol");
    String some = parameters.text("symbols");
    SymbolStatus status =
        parameters.choice(
            "symbolStatus", SymbolStatus.values(), RequestErrors::invalidSymbolStatus);
    if (one != null && some != null || status != null && (one != null || some != null)) {
      throw RequestErrors.badCombination();
    }
    JsonWriter json = new JsonWriter(1_024).beginObject();
    json.name("symbolRules").beginArray();
    for (Market market : chosen(one, some)) {
      if (status == null || market.symbol().status() == status) {
        json.beginObject().field("symbol", market.name());
        json.name("rules").beginArray().endArray().endObject();
      }
    }
    json.endArray();
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  private List<Market> chosen(@Nullable String one, @Nullable String some) {
    if (one != null) {
      return List.of(markets.named(one));
    }
    return some == null
        ? markets.all()
        : SymbolList.parse(some).stream().map(markets::named).toList();
  }

  private CompletableFuture<Answer> referencePrice(Call call) {
    markets.named(call.parameters().mandatoryText("symbol"));
    throw ApiError.badRequest(-2043, "This symbol doesn't have a reference price.").exception();
  }
}
