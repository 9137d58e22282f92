package org.fondaco.engine.golden;

import static org.fondaco.engine.golden.GoldenVenue.SYMBOL;
import static org.fondaco.engine.golden.GoldenVenue.units;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import tools.jackson.databind.JsonNode;

/** Turns the JSON of a case into commands; the fields are those of the REST API. */
final class GoldenCommands {

  private GoldenCommands() {}

  static long account(JsonNode request) {
    return Objects.requireNonNull(GoldenVenue.ACCOUNTS.get(text(request, "account", "you")));
  }

  private static String text(JsonNode node, String field, String absent) {
    JsonNode value = node.get(field);
    return value == null ? absent : value.asString();
  }

  private static long amount(JsonNode node, String field) {
    return units(text(node, field, "0"));
  }

  static OrderSpec spec(JsonNode order) {
    return new OrderSpec(
        Side.valueOf(text(order, "side", "BUY")),
        OrderType.valueOf(text(order, "type", "LIMIT")),
        TimeInForce.valueOf(text(order, "timeInForce", "GTC")),
        SelfTradePreventionMode.valueOf(text(order, "selfTradePreventionMode", "NONE")),
        Integer.parseInt(text(order, "trailingDelta", "0")),
        amount(order, "quantity"),
        amount(order, "quoteOrderQty"),
        amount(order, "price"),
        amount(order, "stopPrice"),
        amount(order, "icebergQty"),
        Long.MIN_VALUE,
        0,
        text(order, "newClientOrderId", ""));
  }

  /** The command that a step asks for. */
  static Command command(String name, JsonNode request, GoldenFold fold) {
    return switch (name) {
      case "order" -> new Command.PlaceOrder(account(request), SYMBOL, false, spec(request));
      case "orderList" -> list(request);
      case "cancel" -> cancel(request, fold);
      case "cancelAll" -> new Command.CancelAll(account(request), SYMBOL);
      case "cancelReplace" -> cancelReplace(request, fold);
      case "amend" ->
          new Command.AmendOrder(
              account(request),
              SYMBOL,
              fold.orderId(text(request, "order", "")),
              "",
              text(request, "newClientOrderId", ""),
              amount(request, "newQty"));
      case "priceRange" -> new Command.SetFilters(SYMBOL, GoldenVenue.priceRange(request));
      case "referencePrice" -> new Command.SetReferencePrice(SYMBOL, amount(request, "price"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Command list(JsonNode request) {
    List<OrderSpec> legs = new ArrayList<>();
    request.get("legs").forEach(leg -> legs.add(spec(leg)));
    return new Command.PlaceOrderList(
        account(request),
        SYMBOL,
        ListType.valueOf(text(request, "type", "OCO")),
        text(request, "listClientOrderId", ""),
        legs);
  }

  private static Command cancel(JsonNode request, GoldenFold fold) {
    return new Command.CancelOrder(
        account(request),
        SYMBOL,
        fold.orderId(text(request, "order", "")),
        text(request, "origClientOrderId", ""),
        text(request, "newClientOrderId", ""),
        CancelRestriction.valueOf(text(request, "cancelRestrictions", "NONE")));
  }

  private static Command cancelReplace(JsonNode request, GoldenFold fold) {
    return new Command.CancelReplace(
        account(request),
        SYMBOL,
        CancelReplaceMode.valueOf(text(request, "cancelReplaceMode", "STOP_ON_FAILURE")),
        CancelRestriction.valueOf(text(request, "cancelRestrictions", "NONE")),
        fold.orderId(text(request, "cancelOrder", "")),
        text(request, "cancelOrigClientOrderId", ""),
        text(request, "cancelNewClientOrderId", ""),
        spec(request));
  }
}
