package org.fondaco.api.trading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.readmodel.OrderFold;

/** Places and cancels single orders: the hot path of the API, step 1 of an order's way. */
final class OrderController {
  private static final int FULL_ANSWER_BYTES = 640;

  private final TradingContext context;

  OrderController(TradingContext context) {
    this.context = context;
  }

  List<Endpoint> endpoints() {
    List<Parameter> order = new ArrayList<>();
    order.add(OrderParameters.SYMBOL);
    order.addAll(OrderParameters.declared());
    order.add(OrderParameters.RESPONSE_TYPE);
    List<Parameter> test = new ArrayList<>(order);
    test.add(
        Parameter.optional(
            "computeCommissionRates", Type.BOOLEAN, "Answer the commission rates of the order."));
    return List.of(
        Endpoint.of(
                Method.POST,
                "/api/v3/order",
                "Trading",
                "New order",
                Access.TRADE,
                1,
                order,
                this::place)
            .givingWeightBack(),
        Endpoint.of(
            Method.POST,
            "/api/v3/order/test",
            "Trading",
            "Test new order: all checks of admission, without effect",
            Access.TRADE,
            sent -> sent.has("computeCommissionRates") ? 20 : 1,
            test,
            this::test),
        Endpoint.of(
                Method.DELETE,
                "/api/v3/order",
                "Trading",
                "Cancel order; a leg of a list cancels its list",
                Access.TRADE,
                1,
                List.of(
                    OrderParameters.SYMBOL,
                    Parameter.optional("orderId", Type.LONG, "This or origClientOrderId."),
                    Parameter.optional("origClientOrderId", Type.STRING, "This or orderId."),
                    Parameter.optional(
                        "newClientOrderId", Type.STRING, "Identifies this cancellation."),
                    CANCEL_RESTRICTIONS),
                this::cancel)
            .givingWeightBack(),
        Endpoint.of(
                Method.DELETE,
                "/api/v3/openOrders",
                "Trading",
                "Cancel all open orders on a symbol",
                Access.TRADE,
                1,
                List.of(OrderParameters.SYMBOL),
                this::cancelAll)
            .givingWeightBack());
  }

  static final Parameter CANCEL_RESTRICTIONS =
      new Parameter(
          "cancelRestrictions",
          Parameter.Place.REQUEST,
          Type.ENUM,
          false,
          "State that the order must be in.",
          List.of("ONLY_NEW", "ONLY_PARTIALLY_FILLED"));

  private CompletableFuture<Answer> place(Call call) {
    Market market = context.market(call);
    OrderSpec spec = OrderParameters.single(call.parameters(), market);
    ResponseType type = responseType(call.parameters(), ResponseType.initial(spec.type()));
    OrderCounts.Usage counts = context.orderCounts().take(call.account(), 1);
    return context
        .door()
        .place(
            call,
            new Command.PlaceOrder(call.account(), market.id(), false, spec),
            counts,
            1,
            result -> placed(call, market, type, counts, result));
  }

  private Answer placed(
      Call call, Market market, ResponseType type, OrderCounts.Usage counts, CommandResult result) {
    Optional<ApiError> refusal = Outcomes.refusal(result, RejectStage.PLACE);
    if (refusal.isPresent()) {
      counts.giveBack(1);
      return Answer.error(refusal.get());
    }
    OrderFold.Placed placed = placed(market, result).getFirst();
    if (placed.order().executedQuantity() > 0) {
      counts.giveBack(1);
    }
    JsonWriter json = new JsonWriter(FULL_ANSWER_BYTES);
    context.json().placed(json, call, market, placed.order(), placed.fills(), result.time(), type);
    return Answer.ok(json, counts);
  }

  private CompletableFuture<Answer> test(Call call) {
    Market market = context.market(call);
    OrderSpec spec = OrderParameters.single(call.parameters(), market);
    responseType(call.parameters(), ResponseType.ACK);
    boolean rates = call.parameters().flag("computeCommissionRates", false);
    return context
        .door()
        .ask(
            new Command.PlaceOrder(call.account(), market.id(), true, spec),
            result ->
                Outcomes.refusal(result, RejectStage.PLACE)
                    .map(Answer::error)
                    .orElseGet(() -> tested(call, market, rates)));
  }

  private Answer tested(Call call, Market market, boolean rates) {
    JsonWriter json = new JsonWriter(320).beginObject();
    if (rates) {
      context.commission().write(json, call.account(), market);
    }
    return Answer.ok(json.endObject());
  }

  private CompletableFuture<Answer> cancel(Call call) {
    Market market = context.market(call);
    Command command =
        cancelCommand(call, market, "orderId", "origClientOrderId", "newClientOrderId");
    return context
        .door()
        .submit(
            call,
            command,
            (result, legs) ->
                Outcomes.refusal(result, RejectStage.CANCEL)
                    .map(Answer::error)
                    .orElseGet(() -> canceled(call, market, result, legs)));
  }

  /** The cancellation that a request asks for under these parameter names. */
  static Command.CancelOrder cancelCommand(
      Call call, Market market, String orderId, String origClientOrderId, String newClientOrderId) {
    Parameters parameters = call.parameters();
    long id = parameters.whole(orderId, 0);
    String clientId = ClientIds.sentOrEmpty(parameters, origClientOrderId);
    if (id == 0 && clientId.isEmpty()) {
      throw RequestErrors.eitherMandatory(orderId, origClientOrderId);
    }
    return new Command.CancelOrder(
        call.account(),
        market.id(),
        id,
        clientId,
        ClientIds.sentOrGenerated(parameters, newClientOrderId),
        restriction(parameters));
  }

  private Answer canceled(Call call, Market market, CommandResult result, LegNames.Legs legs) {
    JsonWriter json = new JsonWriter(FULL_ANSWER_BYTES);
    context.canceled(result, legs).write(json, call, market, "");
    return Answer.ok(json);
  }

  private CompletableFuture<Answer> cancelAll(Call call) {
    Market market = context.market(call);
    String clientOrderId = ClientIds.generated();
    return context
        .door()
        .submit(
            call,
            new Command.CancelAll(call.account(), market.id()),
            (result, legs) ->
                Outcomes.refusal(result, RejectStage.CANCEL)
                    .map(Answer::error)
                    .orElseGet(() -> {
                      JsonWriter json = new JsonWriter(4_096).beginArray();
                      context.canceled(result, legs).write(json, call, market, clientOrderId);
                      return Answer.ok(json.endArray());
                    }));
  }

  static ResponseType responseType(Parameters parameters, ResponseType initial) {
    ResponseType type = parameters.choice("newOrderRespType", ResponseType.values());
    return type == null ? initial : type;
  }

  static List<OrderFold.Placed> placed(Market market, CommandResult result) {
    return OrderFold.of(market.symbol(), result.time(), result.events()).placed();
  }

  private static CancelRestriction restriction(Parameters parameters) {
    CancelRestriction restriction =
        parameters.choice(
            "cancelRestrictions",
            CancelRestriction.values(),
            RequestErrors::invalidCancelRestrictions);
    if (restriction == CancelRestriction.NONE) {
      throw RequestErrors.invalidCancelRestrictions();
    }
    return restriction == null ? CancelRestriction.NONE : restriction;
  }
}
