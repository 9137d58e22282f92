package org.fondaco.api.trading;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.symbol.FilterJson;
import org.fondaco.api.symbol.Market;

/** On what conditions an account trades: order counts, commission, filters. */
final class ConditionsController {
  private final TradingContext context;

  ConditionsController(TradingContext context) {
    this.context = context;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("rateLimit/order", "Unfilled order count", 40, List.of(), this::orderCounts),
        get(
            "account/commission",
            "Commission rates",
            20,
            List.of(OrderParameters.SYMBOL),
            this::commission),
        get("myFilters", "Relevant filters", 40, List.of(OrderParameters.SYMBOL), this::filters),
        get(
            "myAllocations",
            "Allocations of smart order routing, which this venue has no use for: none",
            20,
            allocationParameters(),
            this::allocations));
  }

  private static Endpoint get(
      String path, String summary, int weight, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET,
        "/api/v3/" + path,
        "Account",
        summary,
        Access.USER_DATA,
        weight,
        parameters,
        action);
  }

  private static List<Parameter> allocationParameters() {
    return List.of(
        OrderParameters.SYMBOL,
        Parameter.optional("startTime", Parameter.Type.LONG, ""),
        Parameter.optional("endTime", Parameter.Type.LONG, ""),
        Parameter.optional("fromAllocationId", Parameter.Type.INT, ""),
        Parameter.optional("limit", Parameter.Type.INT, ""),
        Parameter.optional("orderId", Parameter.Type.LONG, ""));
  }

  private CompletableFuture<Answer> orderCounts(Call call) {
    OrderCounts counts = context.orderCounts();
    return counts
        .ask(call.account())
        .thenApply(usage -> {
          Limits limits = counts.limits();
          JsonWriter json = new JsonWriter(256).beginArray();
          limit(json, "SECOND", 10, limits.ordersPerTenSeconds(), usage.tenSeconds());
          limit(json, "DAY", 1, limits.ordersPerDay(), usage.day());
          return Answer.ok(json.endArray());
        });
  }

  private static void limit(JsonWriter json, String interval, int intervals, int limit, int count) {
    json.beginObject();
    json.field("rateLimitType", "ORDERS");
    json.field("interval", interval);
    json.field("intervalNum", intervals);
    json.field("limit", limit);
    json.field("count", count);
    json.endObject();
  }

  private CompletableFuture<Answer> commission(Call call) {
    Market market = context.market(call);
    JsonWriter json = new JsonWriter(512).beginObject();
    json.field("symbol", market.name());
    context.commission().writeRates(json, call.account(), market);
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  /** There are no filters of the exchange or of an asset. */
  private CompletableFuture<Answer> filters(Call call) {
    Market market = context.market(call);
    JsonWriter json = new JsonWriter(2_048).beginObject();
    json.name("exchangeFilters").beginArray().endArray();
    json.name("symbolFilters").beginArray();
    FilterJson.write(json, market);
    json.endArray();
    json.name("assetFilters").beginArray().endArray();
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  private CompletableFuture<Answer> allocations(Call call) {
    context.market(call);
    JsonWriter json = new JsonWriter(2).beginArray().endArray();
    return CompletableFuture.completedFuture(Answer.ok(json));
  }
}
