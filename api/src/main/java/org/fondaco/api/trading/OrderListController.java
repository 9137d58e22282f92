package org.fondaco.api.trading;

import static org.fondaco.api.http.Parameter.Type.DECIMAL;
import static org.fondaco.api.http.Parameter.Type.LONG;
import static org.fondaco.api.http.Parameter.Type.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.trading.OrderParameters.Leg;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderFold;

/** Places and cancels order lists [rest-api.md §Order lists]. */
final class OrderListController {
  private static final int ANSWER_BYTES = 2_048;

  private final TradingContext context;

  OrderListController(TradingContext context) {
    this.context = context;
  }

  List<Endpoint> endpoints() {
    return List.of(
        placement("oco", "New OCO: one cancels the other", ocoParameters(), this::oco),
        placement("oto", "New OTO: one triggers the other", otoParameters(), this::oto),
        placement("otoco", "New OTOCO: one triggers an OCO", otocoParameters(), this::otoco),
        Endpoint.of(
                Method.POST,
                "/api/v3/order/oco",
                "Trading",
                "New OCO in the older form",
                Access.TRADE,
                1,
                legacyParameters(),
                this::legacyOco)
            .givingWeightBack(),
        Endpoint.of(
                Method.DELETE,
                "/api/v3/orderList",
                "Trading",
                "Cancel order list",
                Access.TRADE,
                1,
                List.of(
                    OrderParameters.SYMBOL,
                    Parameter.optional("orderListId", LONG, "This or listClientOrderId."),
                    Parameter.optional("listClientOrderId", STRING, "This or orderListId."),
                    Parameter.optional(
                        "newClientOrderId", STRING, "Identifies this cancellation.")),
                this::cancel)
            .givingWeightBack());
  }

  private static Endpoint placement(
      String kind, String summary, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
            Method.POST,
            "/api/v3/orderList/" + kind,
            "Trading",
            summary,
            Access.TRADE,
            1,
            parameters,
            action)
        .givingWeightBack();
  }

  private static List<Parameter> ocoParameters() {
    List<Parameter> all = common();
    all.add(Parameter.choice("side", Side.class, true, "Side of both."));
    all.add(Parameter.mandatory("quantity", DECIMAL, "Quantity of both."));
    all.addAll(leg("above", false));
    all.addAll(leg("below", false));
    return all;
  }

  private static List<Parameter> legacyParameters() {
    List<Parameter> all = common();
    all.addAll(LegacyOco.parameters());
    return all;
  }

  private static List<Parameter> otoParameters() {
    List<Parameter> all = common();
    all.addAll(leg("working", true));
    all.addAll(leg("pending", true));
    return all;
  }

  private static List<Parameter> otocoParameters() {
    List<Parameter> all = common();
    all.addAll(leg("working", true));
    all.add(Parameter.choice("pendingSide", Side.class, true, "Side of both pending legs."));
    all.add(Parameter.mandatory("pendingQuantity", DECIMAL, "Quantity of both pending legs."));
    all.addAll(leg("pendingAbove", false));
    all.addAll(leg("pendingBelow", false));
    return all;
  }

  private static List<Parameter> common() {
    return new ArrayList<>(
        List.of(
            OrderParameters.SYMBOL,
            Parameter.optional("listClientOrderId", STRING, "Unique among open lists."),
            OrderParameters.RESPONSE_TYPE,
            OrderParameters.SELF_TRADE_PREVENTION_MODE));
  }

  private static List<Parameter> leg(String prefix, boolean withSideAndQuantity) {
    List<Parameter> all = new ArrayList<>();
    if (withSideAndQuantity) {
      all.add(Parameter.choice("side", Side.class, true, ""));
      all.add(Parameter.mandatory("quantity", DECIMAL, "Base asset."));
    }
    all.add(Parameter.choice("type", OrderType.class, true, ""));
    all.add(Parameter.optional("clientOrderId", STRING, "Unique among open orders."));
    all.addAll(OrderParameters.shared());
    return all.stream().map(parameter -> parameter.prefixed(prefix)).toList();
  }

  private CompletableFuture<Answer> oco(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    Side side = OrderParameters.side(parameters, "side");
    OcoTypes.check(parameters, side, "aboveType", "belowType");
    OrderSpec above = new Leg(parameters, market, "above", "quantity").spec(side);
    OrderSpec below = new Leg(parameters, market, "below", "quantity").spec(side);
    return place(call, market, ListType.OCO, List.of(above, below));
  }

  private CompletableFuture<Answer> legacyOco(Call call) {
    Market market = context.market(call);
    return place(call, market, ListType.OCO, LegacyOco.legs(call.parameters(), market));
  }

  private CompletableFuture<Answer> oto(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    Side pendingSide = OrderParameters.side(parameters, "pendingSide");
    OrderSpec pending = new Leg(parameters, market, "pending", "pendingQuantity").spec(pendingSide);
    return place(call, market, ListType.OTO, List.of(working(parameters, market), pending));
  }

  private CompletableFuture<Answer> otoco(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    Side side = OrderParameters.side(parameters, "pendingSide");
    OcoTypes.check(parameters, side, "pendingAboveType", "pendingBelowType");
    OrderSpec above = new Leg(parameters, market, "pendingAbove", "pendingQuantity").spec(side);
    OrderSpec below = new Leg(parameters, market, "pendingBelow", "pendingQuantity").spec(side);
    return place(call, market, ListType.OTOCO, List.of(working(parameters, market), above, below));
  }

  private static OrderSpec working(Parameters parameters, Market market) {
    OrderType type = OrderParameters.type(parameters, "workingType");
    if (type != OrderType.LIMIT && type != OrderType.LIMIT_MAKER) {
      throw RequestErrors.invalidOrderType();
    }
    Side side = OrderParameters.side(parameters, "workingSide");
    return new Leg(parameters, market, "working", "workingQuantity").spec(side);
  }

  private CompletableFuture<Answer> place(
      Call call, Market market, ListType listType, List<OrderSpec> legs) {
    ResponseType type = OrderController.responseType(call.parameters(), ResponseType.RESULT);
    String listClientOrderId = ClientIds.sentOrGenerated(call.parameters(), "listClientOrderId");
    OrderCounts.Usage counts = context.orderCounts().take(call.account(), legs.size());
    return context
        .door()
        .place(
            call,
            new Command.PlaceOrderList(
                call.account(), market.id(), listType, listClientOrderId, legs),
            counts,
            legs.size(),
            result ->
                Outcomes.refusal(result, RejectStage.LIST)
                    .map(refusal -> {
                      counts.giveBack(legs.size());
                      return Answer.error(refusal);
                    })
                    .orElseGet(() -> placed(call, market, type, counts, result)));
  }

  private Answer placed(
      Call call, Market market, ResponseType type, OrderCounts.Usage counts, CommandResult result) {
    List<OrderFold.Placed> placed = OrderController.placed(market, result);
    EngineEvent.ListStatusChanged started =
        result.events().stream()
            .filter(EngineEvent.ListStatusChanged.class::isInstance)
            .map(EngineEvent.ListStatusChanged.class::cast)
            .filter(e -> e.orderListId() == placed.getFirst().order().orderListId())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a list was placed without a word"));
    List<Long> ids = placed.stream().map(leg -> leg.order().orderId()).toList();
    List<String> clientIds =
        placed.stream().map(leg -> leg.order().spec().clientOrderId()).toList();
    ListView list =
        new ListView(
            call.account(),
            market.id(),
            started.orderListId(),
            started.contingencyType(),
            started.listStatusType(),
            started.listOrderStatus(),
            started.listClientOrderId(),
            result.time(),
            ids);
    JsonWriter json = new JsonWriter(ANSWER_BYTES);
    context
        .json()
        .beginList(json, call, market, list, list.listClientOrderId(), result.time(), clientIds);
    json.name("orderReports").beginArray();
    for (OrderFold.Placed leg : placed) {
      if (leg.order().executedQuantity() > 0) {
        counts.giveBack(1);
      }
      // A pending leg is answered as accepted, even when it was activated at once [§OTO].
      boolean pending = !leg.accepted().working() && leg.accepted().workingTime() < 0;
      context
          .json()
          .placed(
              json,
              call,
              market,
              pending ? leg.accepted() : leg.order(),
              pending ? List.of() : leg.fills(),
              result.time(),
              type);
    }
    return Answer.ok(json.endArray().endObject(), counts);
  }

  private CompletableFuture<Answer> cancel(Call call) {
    Market market = context.market(call);
    Parameters parameters = call.parameters();
    long id = parameters.whole("orderListId", 0);
    String clientId = ClientIds.sentOrEmpty(parameters, "listClientOrderId");
    if (id == 0 && clientId.isEmpty()) {
      throw RequestErrors.eitherMandatory("orderListId", "listClientOrderId");
    }
    Command command =
        new Command.CancelOrderList(
            call.account(),
            market.id(),
            id,
            clientId,
            ClientIds.sentOrGenerated(parameters, "newClientOrderId"));
    return context
        .door()
        .submit(
            call,
            command,
            (result, legs) ->
                Outcomes.refusal(result, RejectStage.CANCEL)
                    .map(Answer::error)
                    .orElseGet(() -> {
                      JsonWriter json = new JsonWriter(ANSWER_BYTES);
                      context.canceled(result, legs).write(json, call, market, "");
                      return Answer.ok(json);
                    }));
  }
}
