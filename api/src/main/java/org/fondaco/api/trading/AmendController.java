package org.fondaco.api.trading;

import java.util.List;
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
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;

/** Reduces orders in place [faqs/order_amend_keep_priority.md]. */
final class AmendController {
  private final TradingContext context;

  AmendController(TradingContext context) {
    this.context = context;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Method.PUT,
            "/api/v3/order/amend/keepPriority",
            "Trading",
            "Reduce the quantity of an open order, keeping its priority",
            Access.TRADE,
            4,
            List.of(
                OrderParameters.SYMBOL,
                Parameter.optional("orderId", Type.LONG, "This or origClientOrderId."),
                Parameter.optional("origClientOrderId", Type.STRING, "This or orderId."),
                Parameter.optional(
                    "newClientOrderId",
                    Type.STRING,
                    "Client id from now on; may be the present one. Generated when absent."),
                Parameter.mandatory(
                    "newQty", Type.DECIMAL, "Below the present quantity, above zero.")),
            this::amend));
  }

  private CompletableFuture<Answer> amend(Call call) {
    Parameters parameters = call.parameters();
    Market market = context.market(call);
    long orderId = parameters.whole("orderId", 0);
    String clientId = ClientIds.sentOrEmpty(parameters, "origClientOrderId");
    if (orderId == 0 && clientId.isEmpty()) {
      throw RequestErrors.eitherMandatory("orderId", "origClientOrderId");
    }
    parameters.mandatoryText("newQty");
    long quantity = parameters.units("newQty", market.baseScale());
    if (quantity == 0) {
      throw RequestErrors.invalidQuantity();
    }
    Command command =
        new Command.AmendOrder(
            call.account(),
            market.id(),
            orderId,
            clientId,
            ClientIds.sentOrGenerated(parameters, "newClientOrderId"),
            quantity);
    return context
        .door()
        .submit(
            call,
            command,
            (result, legs) ->
                Outcomes.refusal(result, RejectStage.AMEND)
                    .map(Answer::error)
                    .orElseGet(() -> amended(call, market, orderId, clientId, result, legs)));
  }

  private Answer amended(
      Call call,
      Market market,
      long orderId,
      String clientId,
      CommandResult result,
      LegNames.Legs legs) {
    EngineEvent.Amended event =
        result.events().stream()
            .filter(EngineEvent.Amended.class::isInstance)
            .map(EngineEvent.Amended.class::cast)
            .filter(e -> e.orderId() == orderId || e.origClientOrderId().equals(clientId))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("amended without a word"));
    OrderView order =
        context
            .readModel()
            .order(call.account(), market.id(), event.orderId())
            .orElseThrow(() -> new IllegalStateException("no order " + event.orderId()));
    JsonWriter json = new JsonWriter(1_024).beginObject();
    call.time(json, "transactTime", result.time());
    json.field("executionId", event.executionId());
    json.name("amendedOrder");
    context.json().amended(json, call, market, order, event.origClientOrderId());
    if (order.orderListId() >= 0) {
      listStatus(json, market, call.account(), order.orderListId(), legs);
    }
    return Answer.ok(json.endObject());
  }

  private void listStatus(
      JsonWriter json, Market market, long account, long orderListId, LegNames.Legs legs) {
    ListView list =
        context
            .readModel()
            .orderList(account, orderListId)
            .orElseThrow(() -> new IllegalStateException("no list " + orderListId));
    List<String> ids = legs.of(list);
    json.name("listStatus").beginObject();
    json.field("orderListId", list.orderListId());
    json.field("contingencyType", list.contingencyType().name());
    json.field("listOrderStatus", list.listOrderStatus().name());
    json.field("listClientOrderId", list.listClientOrderId());
    json.field("symbol", market.name());
    context.json().legs(json, market, list, ids);
    json.endObject();
  }
}
