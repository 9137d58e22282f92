package org.fondaco.api.trading;

import static org.fondaco.api.trading.OrderParameters.required;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.readmodel.OrderFold;
import org.jspecify.annotations.Nullable;

/**
 * Cancels an order and places another; not transactional, so that either half may fail alone
 * [rest-api.md §Cancel an Existing Order and Send a New Order].
 */
final class CancelReplaceController {
  private static final int ANSWER_BYTES = 1_200;
  private static final int PARTIALLY_FAILED = -2021;
  private static final int FAILED = -2022;

  private final TradingContext context;

  CancelReplaceController(TradingContext context) {
    this.context = context;
  }

  /** What to do when the account has placed too many orders. */
  enum RateLimitExceededMode {
    DO_NOTHING,
    CANCEL_ONLY
  }

  List<Endpoint> endpoints() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(OrderParameters.SYMBOL);
    parameters.add(
        Parameter.choice(
            "cancelReplaceMode",
            CancelReplaceMode.class,
            true,
            "Whether a failed cancellation stops the placement."));
    parameters.add(
        Parameter.optional("cancelOrderId", Type.LONG, "This or cancelOrigClientOrderId."));
    parameters.add(
        Parameter.optional("cancelOrigClientOrderId", Type.STRING, "This or cancelOrderId."));
    parameters.add(
        Parameter.optional("cancelNewClientOrderId", Type.STRING, "Identifies the cancellation."));
    parameters.add(OrderController.CANCEL_RESTRICTIONS);
    parameters.add(
        Parameter.choice(
            "orderRateLimitExceededMode",
            RateLimitExceededMode.class,
            false,
            "Whether to cancel even when too many orders were placed; default DO_NOTHING."));
    parameters.addAll(OrderParameters.declared());
    parameters.add(OrderParameters.RESPONSE_TYPE);
    return List.of(
        Endpoint.of(
                Method.POST,
                "/api/v3/order/cancelReplace",
                "Trading",
                "Cancel an order and place another",
                Access.TRADE,
                1,
                parameters,
                this::cancelReplace)
            .givingWeightBack());
  }

  private CompletableFuture<Answer> cancelReplace(Call call) {
    Market market = context.market(call);
    CancelReplaceMode mode =
        required(
            call.parameters().choice("cancelReplaceMode", CancelReplaceMode.values()),
            "cancelReplaceMode");
    Command.CancelOrder cancel =
        OrderController.cancelCommand(
            call, market, "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId");
    OrderSpec spec = OrderParameters.single(call.parameters(), market);
    ResponseType type =
        OrderController.responseType(call.parameters(), ResponseType.initial(spec.type()));
    RateLimitExceededMode exceededMode =
        call.parameters().choice("orderRateLimitExceededMode", RateLimitExceededMode.values());
    OrderCounts.Usage counts;
    try {
      counts = context.orderCounts().take(call.account(), 1);
    } catch (ApiException e) {
      if (exceededMode != RateLimitExceededMode.CANCEL_ONLY) {
        throw e;
      }
      return cancelOnly(call, market, mode, cancel, e.error());
    }
    Command command =
        new Command.CancelReplace(
            call.account(),
            market.id(),
            mode,
            cancel.restriction(),
            cancel.orderId(),
            cancel.origClientOrderId(),
            cancel.newClientOrderId(),
            spec);
    // The engine's rejection does not repeat the order, which the user data stream has to show.
    context.userData().announce(call.account(), cancel.newClientOrderId(), spec);
    return context
        .door()
        .replace(
            call,
            command,
            counts,
            (result, legs) -> {
              if (!rejectedAfterCancel(result)) {
                context.userData().forget(call.account(), cancel.newClientOrderId());
              }
              return replaced(call, market, type, counts, result, legs);
            })
        .whenComplete((_, failure) -> {
          if (failure != null) {
            context.userData().forget(call.account(), cancel.newClientOrderId());
          }
        });
  }

  private static boolean rejectedAfterCancel(CommandResult result) {
    return result.events().stream().anyMatch(EngineEvent.Canceled.class::isInstance)
        && Outcomes.refusedPart(result, RejectStage.PLACE).isPresent();
  }

  private Answer replaced(
      Call call,
      Market market,
      ResponseType type,
      OrderCounts.Usage counts,
      CommandResult result,
      LegNames.Legs legs) {
    Canceled canceled = context.canceled(result, legs);
    Optional<ApiError> cancelRefusal = Outcomes.refusedPart(result, RejectStage.CANCEL);
    List<OrderFold.Placed> placed = OrderController.placed(market, result);
    if (placed.isEmpty()) {
      counts.giveBack(1);
    }
    if (canceled.isEmpty() && cancelRefusal.isEmpty()) {
      // Refused before anything was tried: filters, order count, duplicate.
      return Answer.error(Outcomes.refusal(result, RejectStage.PLACE).orElseThrow());
    }
    JsonWriter newOrder = new JsonWriter(ANSWER_BYTES);
    Optional<ApiError> placeRefusal = Outcomes.refusedPart(result, RejectStage.PLACE);
    Half half = Half.NOT_ATTEMPTED;
    if (!placed.isEmpty()) {
      half = Half.SUCCESS;
      OrderFold.Placed order = placed.getFirst();
      if (order.order().executedQuantity() > 0) {
        counts.giveBack(1);
      }
      context
          .json()
          .placed(newOrder, call, market, order.order(), order.fills(), result.time(), type);
    } else if (placeRefusal.isPresent()) {
      half = Half.FAILURE;
      Answer.write(placeRefusal.get(), newOrder);
    }
    return answer(call, market, canceled, cancelRefusal.orElse(null), half, newOrder, counts, 0);
  }

  /** Too many orders: the new one is refused, the old one is cancelled all the same. */
  private CompletableFuture<Answer> cancelOnly(
      Call call,
      Market market,
      CancelReplaceMode mode,
      Command.CancelOrder cancel,
      ApiError tooMany) {
    return context
        .door()
        .submit(
            call,
            cancel,
            (result, legs) -> {
              Canceled canceled = context.canceled(result, legs);
              ApiError refusal = Outcomes.refusal(result, RejectStage.CANCEL).orElse(null);
              boolean stopped = refusal != null && mode == CancelReplaceMode.STOP_ON_FAILURE;
              JsonWriter newOrder = new JsonWriter(160);
              if (!stopped) {
                Answer.write(tooMany, newOrder);
              }
              return answer(
                  call,
                  market,
                  canceled,
                  refusal,
                  stopped ? Half.NOT_ATTEMPTED : Half.FAILURE,
                  newOrder,
                  null,
                  mode == CancelReplaceMode.STOP_ON_FAILURE ? tooMany.status() : 0);
            });
  }

  /** How the placement went. */
  private enum Half {
    SUCCESS,
    FAILURE,
    NOT_ATTEMPTED
  }

  private Answer answer(
      Call call,
      Market market,
      Canceled canceled,
      @Nullable ApiError cancelRefusal,
      Half newOrderResult,
      JsonWriter newOrder,
      OrderCounts.@Nullable Usage counts,
      int status) {
    JsonWriter json = new JsonWriter(2 * ANSWER_BYTES);
    boolean success = cancelRefusal == null && newOrderResult == Half.SUCCESS;
    boolean partial = (cancelRefusal == null) != (newOrderResult == Half.SUCCESS);
    if (!success) {
      json.beginObject();
      json.field("code", partial ? PARTIALLY_FAILED : FAILED);
      json.field(
          "msg",
          partial ? "Order cancel-replace partially failed." : "Order cancel-replace failed.");
      json.name("data");
    }
    json.beginObject();
    json.field("cancelResult", cancelRefusal == null ? "SUCCESS" : "FAILURE");
    json.field("newOrderResult", newOrderResult.name());
    json.name("cancelResponse");
    if (cancelRefusal == null) {
      canceled.write(json, call, market, "");
    } else {
      Answer.write(cancelRefusal, json);
    }
    json.name("newOrderResponse");
    if (newOrderResult == Half.NOT_ATTEMPTED) {
      json.nullValue();
    } else {
      json.copy(newOrder);
    }
    json.endObject();
    if (success) {
      return new Answer(200, json, counts);
    }
    json.endObject();
    return new Answer(status != 0 ? status : partial ? 409 : 400, json, counts);
  }
}
