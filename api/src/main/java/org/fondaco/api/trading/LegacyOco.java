package org.fondaco.api.trading;

import static org.fondaco.api.http.Parameter.Type.DECIMAL;
import static org.fondaco.api.http.Parameter.Type.INT;
import static org.fondaco.api.http.Parameter.Type.LONG;
import static org.fondaco.api.http.Parameter.Type.STRING;

import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * The older form of an OCO, a LIMIT_MAKER and a stop loss under names of their own [rest-api.md
 * §New OCO - Deprecated]. It says the same as the newer form, so it is rewritten into that.
 */
final class LegacyOco {

  private LegacyOco() {}

  /** What it reads beside symbol, list id, response type and self-trade prevention mode. */
  static List<Parameter> parameters() {
    return List.of(
        Parameter.choice("side", Side.class, true, "Side of both."),
        Parameter.mandatory("quantity", DECIMAL, "Quantity of both."),
        Parameter.optional("limitClientOrderId", STRING, "Unique among open orders."),
        Parameter.mandatory("price", DECIMAL, "Price of the LIMIT_MAKER leg."),
        Parameter.optional("limitStrategyId", LONG, "Yours."),
        Parameter.optional("limitStrategyType", INT, "Yours, at least 1000000."),
        Parameter.optional("limitIcebergQty", DECIMAL, "Quantity shown."),
        Parameter.optional("trailingDelta", LONG, "Basis points to trail the price by."),
        Parameter.optional("stopClientOrderId", STRING, "Unique among open orders."),
        Parameter.optional("stopPrice", DECIMAL, "Price of the last trade that triggers."),
        Parameter.optional("stopStrategyId", LONG, "Yours."),
        Parameter.optional("stopStrategyType", INT, "Yours, at least 1000000."),
        Parameter.optional(
            "stopLimitPrice", DECIMAL, "Makes the stop leg a STOP_LOSS_LIMIT at this price."),
        Parameter.optional("stopIcebergQty", DECIMAL, "Quantity shown, with stopLimitPrice."),
        Parameter.choice(
            "stopLimitTimeInForce", TimeInForce.class, false, "Mandatory with stopLimitPrice."));
  }

  /** The two legs, that above the price first. */
  static List<OrderSpec> legs(Parameters sent, Market market) {
    Side side = OrderParameters.side(sent, "side");
    boolean priced = sent.has("stopLimitPrice");
    if (!priced && sent.has("stopLimitTimeInForce")) {
      throw RequestErrors.notRequired("stopLimitTimeInForce");
    }
    StringBuilder form = new StringBuilder();
    copy(sent, "quantity", form, "quantity");
    copy(sent, "selfTradePreventionMode", form, "selfTradePreventionMode");
    copy(sent, "price", form, "limitPrice");
    copy(sent, "limitClientOrderId", form, "limitClientOrderId");
    copy(sent, "limitStrategyId", form, "limitStrategyId");
    copy(sent, "limitStrategyType", form, "limitStrategyType");
    copy(sent, "limitIcebergQty", form, "limitIcebergQty");
    copy(sent, "stopLimitPrice", form, "stopPrice");
    copy(sent, "stopPrice", form, "stopStopPrice");
    copy(sent, "trailingDelta", form, "stopTrailingDelta");
    copy(sent, "stopLimitTimeInForce", form, "stopTimeInForce");
    copy(sent, "stopClientOrderId", form, "stopClientOrderId");
    copy(sent, "stopStrategyId", form, "stopStrategyId");
    copy(sent, "stopStrategyType", form, "stopStrategyType");
    copy(sent, "stopIcebergQty", form, "stopIcebergQty");
    Parameters renamed = Parameters.parse(form.toString(), "");
    OrderSpec limit = leg(renamed, market, "limit", side, OrderType.LIMIT_MAKER);
    OrderSpec stop =
        leg(
            renamed,
            market,
            "stop",
            side,
            priced ? OrderType.STOP_LOSS_LIMIT : OrderType.STOP_LOSS);
    return side == Side.SELL ? List.of(limit, stop) : List.of(stop, limit);
  }

  private static OrderSpec leg(
      Parameters renamed, Market market, String prefix, Side side, OrderType type) {
    return new OrderParameters.Leg(renamed, market, prefix, "quantity")
        .spec(side, type, ClientIds.sentOrGenerated(renamed, prefix + "ClientOrderId"));
  }

  private static void copy(Parameters sent, String name, StringBuilder form, String newName) {
    @Nullable String value = sent.text(name);
    if (value != null) {
      form.append('&')
          .append(newName)
          .append('=')
          .append(java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
