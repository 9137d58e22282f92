package org.fondaco.api.trading;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
import org.fondaco.api.past.Past;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.readmodel.ReadModel.AmendmentView;
import org.fondaco.engine.readmodel.ReadModel.PreventedMatchView;

/** Prevented matches and amendments of an account's orders, own writes included. */
final class RemarkController {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1_000;
  private static final int ENTRY_BYTES = 320;

  private final TradingContext context;
  private final Past past;

  RemarkController(TradingContext context, Past past) {
    this.context = context;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Method.GET,
            "/api/v3/myPreventedMatches",
            "Account",
            "Self-trades that were prevented",
            Access.USER_DATA,
            sent -> sent.has("orderId") ? 20 : 2,
            List.of(
                OrderParameters.SYMBOL,
                Parameter.optional("preventedMatchId", Type.LONG, "This or orderId."),
                Parameter.optional("orderId", Type.LONG, "This or preventedMatchId."),
                Parameter.optional(
                    "fromPreventedMatchId", Type.LONG, "Those from this id on; with orderId."),
                Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            this::preventedMatches),
        Endpoint.of(
            Method.GET,
            "/api/v3/order/amendments",
            "Account",
            "Amendments of an order",
            Access.USER_DATA,
            4,
            List.of(
                OrderParameters.SYMBOL,
                Parameter.mandatory("orderId", Type.LONG, ""),
                Parameter.optional("fromExecutionId", Type.LONG, "Those from this id on."),
                Parameter.optional("limit", Type.LONG, "Default 500, at most 1000.")),
            this::amendments));
  }

  private CompletableFuture<Answer> preventedMatches(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    OptionalLong id = Past.optional(parameters, "preventedMatchId");
    OptionalLong orderId = Past.optional(parameters, "orderId");
    OptionalLong from = Past.optional(parameters, "fromPreventedMatchId");
    int limit = limit(parameters);
    boolean several = from.isPresent() || parameters.has("limit");
    if (id.isPresent() == orderId.isPresent() || id.isPresent() && several) {
      throw RequestErrors.badCombination();
    }
    return past.ask(() -> {
      List<PreventedMatchView> matches =
          id.isPresent()
              ? past.preventedMatch(call.account(), market.id(), id.getAsLong()).stream().toList()
              : past.preventedMatches(
                  call.account(), market.id(), orderId.orElseThrow(), from.orElse(0), limit);
      JsonWriter json = new JsonWriter(64 + ENTRY_BYTES * matches.size()).beginArray();
      matches.forEach(match -> preventedMatch(json, call, market, match));
      return Answer.ok(json.endArray());
    });
  }

  private static void preventedMatch(
      JsonWriter json, Call call, Market market, PreventedMatchView match) {
    json.beginObject();
    json.field("symbol", market.name());
    json.field("preventedMatchId", match.preventedMatchId());
    json.field("takerOrderId", match.takerOrderId());
    json.field("makerSymbol", market.name());
    json.field("makerOrderId", match.makerOrderId());
    json.field("tradeGroupId", match.tradeGroupId());
    json.field("selfTradePreventionMode", match.mode().name());
    json.field("price", match.price(), market.quoteScale());
    if (match.takerPreventedQuantity() > 0) {
      json.field("takerPreventedQuantity", match.takerPreventedQuantity(), market.baseScale());
    }
    if (match.makerPreventedQuantity() > 0) {
      json.field("makerPreventedQuantity", match.makerPreventedQuantity(), market.baseScale());
    }
    call.time(json, "transactTime", match.time());
    json.endObject();
  }

  private CompletableFuture<Answer> amendments(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    OptionalLong orderId = Past.optional(parameters, "orderId");
    if (orderId.isEmpty()) {
      throw RequestErrors.mandatory("orderId");
    }
    long from = Past.optional(parameters, "fromExecutionId").orElse(0);
    int limit = limit(parameters);
    return past.ask(() -> {
      List<AmendmentView> amendments =
          past.amendments(call.account(), market.id(), orderId.getAsLong(), from, limit);
      JsonWriter json = new JsonWriter(64 + ENTRY_BYTES * amendments.size()).beginArray();
      amendments.forEach(amendment -> amendment(json, call, market, amendment));
      return Answer.ok(json.endArray());
    });
  }

  private static void amendment(
      JsonWriter json, Call call, Market market, AmendmentView amendment) {
    json.beginObject();
    json.field("symbol", market.name());
    json.field("orderId", amendment.orderId());
    json.field("executionId", amendment.executionId());
    json.field("origClientOrderId", amendment.origClientOrderId());
    json.field("newClientOrderId", amendment.newClientOrderId());
    json.field("origQty", amendment.origQuantity(), market.baseScale());
    json.field("newQty", amendment.newQuantity(), market.baseScale());
    call.time(json, "time", amendment.time());
    json.endObject();
  }

  private static int limit(Parameters parameters) {
    int limit = parameters.wholeInt("limit", LIMIT);
    if (limit == 0) {
      throw RequestErrors.invalidData("limit");
    }
    return Math.min(limit, LIMIT_MAX);
  }
}
