package org.fondaco.api.trading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
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
import org.fondaco.api.projection.Page;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;

/** Answers what became of orders and lists, own writes included. */
final class QueryController {
  private static final int ORDER_BYTES = 640;

  private final TradingContext context;
  private final Past past;

  QueryController(TradingContext context, Past past) {
    this.context = context;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    Parameter either = Parameter.optional("orderId", Type.LONG, "This or origClientOrderId.");
    Parameter or = Parameter.optional("origClientOrderId", Type.STRING, "This or orderId.");
    return List.of(
        get("order", "Query order", 4, List.of(OrderParameters.SYMBOL, either, or), this::order),
        Endpoint.of(
            Method.GET,
            "/api/v3/openOrders",
            "Trading",
            "Current open orders, of all symbols when none is given",
            Access.USER_DATA,
            sent -> sent.has("symbol") ? 6 : 80,
            List.of(Parameter.optional("symbol", Type.STRING, "For example BTCUSDT.")),
            this::openOrders),
        get(
            "allOrders",
            "All orders: open, cancelled, filled",
            20,
            List.of(
                OrderParameters.SYMBOL,
                Parameter.optional("orderId", Type.LONG, "Orders from this id on."),
                Parameter.optional("startTime", Type.LONG, ""),
                Parameter.optional("endTime", Type.LONG, "At most 24 hours after startTime."),
                Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            this::allOrders),
        get(
            "orderList",
            "Query order list",
            4,
            List.of(
                Parameter.optional("orderListId", Type.LONG, "This or origClientOrderId."),
                Parameter.optional("origClientOrderId", Type.STRING, "This or orderListId.")),
            this::orderList),
        get(
            "allOrderList",
            "All order lists: executing and done",
            20,
            List.of(
                Parameter.optional("fromId", Type.LONG, "Lists from this id on; no times with it."),
                Parameter.optional("startTime", Type.LONG, ""),
                Parameter.optional("endTime", Type.LONG, "At most 24 hours after startTime."),
                Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            this::allOrderLists),
        get("openOrderList", "Open order lists", 6, List.of(), this::openOrderLists));
  }

  private static Endpoint get(
      String path, String summary, int weight, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET,
        "/api/v3/" + path,
        "Trading",
        summary,
        Access.USER_DATA,
        weight,
        parameters,
        action);
  }

  private CompletableFuture<Answer> order(Call call) {
    Parameters parameters = call.parameters();
    Market market = context.market(call);
    long id = parameters.whole("orderId", 0);
    String clientId = ClientIds.sentOrEmpty(parameters, "origClientOrderId");
    if (id == 0 && clientId.isEmpty()) {
      throw RequestErrors.eitherMandatory("orderId", "origClientOrderId");
    }
    Optional<OrderView> present =
        id != 0
            ? context.readModel().order(call.account(), market.id(), id)
            : context.readModel().orderByClientId(call.account(), market.id(), clientId);
    if (present.isPresent()) {
      return CompletableFuture.completedFuture(order(call, market, present, clientId));
    }
    return past.ask(() -> {
      Optional<OrderView> found =
          id != 0
              ? past.order(call.account(), market.id(), id)
              : past.orderByClientId(call.account(), market.id(), clientId);
      return order(call, market, found, clientId);
    });
  }

  private Answer order(Call call, Market market, Optional<OrderView> found, String clientId) {
    OrderView order =
        found
            .filter(o -> clientId.isEmpty() || o.spec().clientOrderId().equals(clientId))
            .orElseThrow(RequestErrors::noSuchOrder);
    JsonWriter json = new JsonWriter(ORDER_BYTES);
    context.json().queried(json, call, market, order);
    return Answer.ok(json);
  }

  private CompletableFuture<Answer> openOrders(Call call) {
    String name = call.parameters().text("symbol");
    int symbol = name == null ? 0 : context.markets().named(name).id();
    return CompletableFuture.completedFuture(
        orders(call, context.readModel().openOrders(call.account(), symbol)));
  }

  private CompletableFuture<Answer> allOrders(Call call) {
    Market market = context.market(call);
    Page page = Past.page(call.parameters(), "orderId");
    return past.ask(() -> orders(call, past.orders(call.account(), market.id(), page)));
  }

  private Answer orders(Call call, List<OrderView> orders) {
    JsonWriter json = new JsonWriter(64 + ORDER_BYTES * orders.size()).beginArray();
    for (OrderView order : orders) {
      context.json().queried(json, call, context.markets().of(order.symbol()), order);
    }
    return Answer.ok(json.endArray());
  }

  private CompletableFuture<Answer> orderList(Call call) {
    Parameters parameters = call.parameters();
    long id = parameters.whole("orderListId", 0);
    String clientId = ClientIds.sentOrEmpty(parameters, "origClientOrderId");
    if (id == 0 && clientId.isEmpty()) {
      throw RequestErrors.eitherMandatory("orderListId", "origClientOrderId");
    }
    return past.ask(() -> {
      ListView list =
          (id != 0
                  ? past.orderList(call.account(), id)
                  : past.orderListByClientId(call.account(), clientId))
              .filter(l -> clientId.isEmpty() || l.listClientOrderId().equals(clientId))
              .orElseThrow(RequestErrors::noSuchOrderList);
      JsonWriter json = new JsonWriter(ORDER_BYTES);
      list(json, call, list, past.clientOrderIds(call.account(), list.symbol(), list.orders()));
      return Answer.ok(json);
    });
  }

  private CompletableFuture<Answer> allOrderLists(Call call) {
    Page page = Past.page(call.parameters(), "fromId");
    if (page.fromId().isPresent() && (page.startTime().isPresent() || page.endTime().isPresent())) {
      throw RequestErrors.badCombination();
    }
    return past.ask(() -> lists(call, past.orderLists(call.account(), page)));
  }

  private CompletableFuture<Answer> openOrderLists(Call call) {
    return past.ask(() -> lists(call, context.readModel().openOrderLists(call.account())));
  }

  private Answer lists(Call call, List<ListView> lists) {
    Map<Long, String> clientIds = new HashMap<>();
    lists.stream()
        .collect(Collectors.groupingBy(ListView::symbol))
        .forEach((symbol, ofSymbol) -> {
          List<Long> orders = ofSymbol.stream().flatMap(list -> list.orders().stream()).toList();
          clientIds.putAll(past.clientOrderIds(call.account(), symbol, orders));
        });
    JsonWriter json = new JsonWriter(64 + ORDER_BYTES * lists.size()).beginArray();
    lists.forEach(list -> list(json, call, list, clientIds));
    return Answer.ok(json.endArray());
  }

  private void list(JsonWriter json, Call call, ListView list, Map<Long, String> clientIds) {
    Market market = context.markets().of(list.symbol());
    List<String> ids = list.orders().stream().map(id -> clientIds.getOrDefault(id, "")).toList();
    context
        .json()
        .beginList(json, call, market, list, list.listClientOrderId(), list.acceptedTime(), ids);
    json.endObject();
  }
}
