package org.fondaco.api.trading;

import java.util.List;
import org.fondaco.api.http.Call;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel.FillView;

/**
 * Orders in Binance's shapes, fields in its order [rest-api.md §Trading endpoints, §Conditional
 * fields in Order Responses].
 */
final class OrderJson {
  private final Markets markets;

  OrderJson(Markets markets) {
    this.markets = markets;
  }

  /** Answer to a placement. */
  void placed(
      JsonWriter json,
      Call call,
      Market market,
      OrderView order,
      List<FillView> fills,
      long transactTime,
      ResponseType type) {
    OrderSpec spec = order.spec();
    json.beginObject();
    json.field("symbol", market.name());
    json.field("orderId", order.orderId());
    json.field("orderListId", order.orderListId());
    json.field("clientOrderId", spec.clientOrderId());
    call.time(json, "transactTime", transactTime);
    if (type != ResponseType.ACK) {
      amounts(json, market, order);
      conditional(json, call, market, order);
      call.time(json, "workingTime", order.workingTime());
      ending(json, market, order);
    }
    if (type == ResponseType.FULL) {
      fills(json, market, fills);
    }
    json.endObject();
  }

  /** Answer to a cancellation. */
  void canceled(
      JsonWriter json,
      Call call,
      Market market,
      OrderView order,
      String clientOrderId,
      long transactTime) {
    json.beginObject();
    json.field("symbol", market.name());
    json.field("origClientOrderId", order.spec().clientOrderId());
    json.field("orderId", order.orderId());
    json.field("orderListId", order.orderListId());
    json.field("clientOrderId", clientOrderId);
    call.time(json, "transactTime", transactTime);
    amounts(json, market, order);
    conditional(json, call, market, order);
    ending(json, market, order);
    json.endObject();
  }

  /** Answer to a question about an order. */
  void queried(JsonWriter json, Call call, Market market, OrderView order) {
    OrderSpec spec = order.spec();
    json.beginObject();
    json.field("symbol", market.name());
    json.field("orderId", order.orderId());
    json.field("orderListId", order.orderListId());
    json.field("clientOrderId", spec.clientOrderId());
    json.field("price", spec.price(), market.quoteScale());
    json.field("origQty", spec.quantity(), market.baseScale());
    json.field("executedQty", order.executedQuantity(), market.baseScale());
    json.field("cummulativeQuoteQty", order.executedQuote(), market.quoteScale());
    json.field("status", order.status().name());
    json.field("timeInForce", spec.timeInForce().name());
    json.field("type", spec.type().name());
    json.field("side", spec.side().name());
    json.field("stopPrice", spec.stopPrice(), market.quoteScale());
    trailing(json, call, order);
    json.field("icebergQty", spec.icebergQuantity(), market.baseScale());
    call.time(json, "time", order.acceptedTime());
    call.time(json, "updateTime", order.updateTime());
    json.field("isWorking", order.working());
    call.time(json, "workingTime", order.workingTime());
    json.field("origQuoteOrderQty", spec.quoteOrderQuantity(), market.quoteScale());
    strategy(json, spec);
    ending(json, market, order);
    json.endObject();
  }

  /** The amended order inside the answer to an amendment. */
  void amended(
      JsonWriter json, Call call, Market market, OrderView order, String origClientOrderId) {
    OrderSpec spec = order.spec();
    json.beginObject();
    json.field("symbol", market.name());
    json.field("orderId", order.orderId());
    json.field("orderListId", order.orderListId());
    json.field("origClientOrderId", origClientOrderId);
    json.field("clientOrderId", spec.clientOrderId());
    json.field("price", spec.price(), market.quoteScale());
    json.field("qty", spec.quantity(), market.baseScale());
    json.field("executedQty", order.executedQuantity(), market.baseScale());
    json.field("preventedQty", order.preventedQuantity(), market.baseScale());
    json.field("quoteOrderQty", spec.quoteOrderQuantity(), market.quoteScale());
    json.field("cumulativeQuoteQty", order.executedQuote(), market.quoteScale());
    json.field("status", order.status().name());
    json.field("timeInForce", spec.timeInForce().name());
    json.field("type", spec.type().name());
    json.field("side", spec.side().name());
    conditional(json, call, market, order);
    if (order.workingTime() >= 0) {
      call.time(json, "workingTime", order.workingTime());
    }
    json.field("selfTradePreventionMode", spec.selfTradePreventionMode().name());
    json.endObject();
  }

  /** Opens an order list's object and writes all but its reports; the caller ends the object. */
  void beginList(
      JsonWriter json,
      Call call,
      Market market,
      ListView list,
      String listClientOrderId,
      long transactionTime,
      List<String> clientOrderIds) {
    json.beginObject();
    json.field("orderListId", list.orderListId());
    json.field("contingencyType", list.contingencyType().name());
    json.field("listStatusType", list.listStatusType().name());
    json.field("listOrderStatus", list.listOrderStatus().name());
    json.field("listClientOrderId", listClientOrderId);
    call.time(json, "transactionTime", transactionTime);
    json.field("symbol", market.name());
    legs(json, market, list, clientOrderIds);
  }

  /** The {@code orders} of a list. */
  void legs(JsonWriter json, Market market, ListView list, List<String> clientOrderIds) {
    json.name("orders").beginArray();
    for (int i = 0; i < list.orders().size(); i++) {
      json.beginObject();
      json.field("symbol", market.name());
      json.field("orderId", list.orders().get(i));
      json.field("clientOrderId", clientOrderIds.get(i));
      json.endObject();
    }
    json.endArray();
  }

  private static void amounts(JsonWriter json, Market market, OrderView order) {
    OrderSpec spec = order.spec();
    json.field("price", spec.price(), market.quoteScale());
    json.field("origQty", spec.quantity(), market.baseScale());
    json.field("executedQty", order.executedQuantity(), market.baseScale());
    json.field("origQuoteOrderQty", spec.quoteOrderQuantity(), market.quoteScale());
    json.field("cummulativeQuoteQty", order.executedQuote(), market.quoteScale());
    json.field("status", order.status().name());
    json.field("timeInForce", spec.timeInForce().name());
    json.field("type", spec.type().name());
    json.field("side", spec.side().name());
  }

  private static void conditional(JsonWriter json, Call call, Market market, OrderView order) {
    OrderSpec spec = order.spec();
    if (spec.stopPrice() != 0) {
      json.field("stopPrice", spec.stopPrice(), market.quoteScale());
    }
    trailing(json, call, order);
    if (spec.icebergQuantity() != 0) {
      json.field("icebergQty", spec.icebergQuantity(), market.baseScale());
    }
    strategy(json, spec);
  }

  private static void trailing(JsonWriter json, Call call, OrderView order) {
    if (order.spec().trailingDelta() != 0) {
      json.field("trailingDelta", order.spec().trailingDelta());
      call.time(json, "trailingTime", order.trailingTime());
    }
  }

  private static void strategy(JsonWriter json, OrderSpec spec) {
    if (spec.strategyId() != Long.MIN_VALUE) {
      json.field("strategyId", spec.strategyId());
    }
    if (spec.strategyType() != 0) {
      json.field("strategyType", spec.strategyType());
    }
  }

  private static void ending(JsonWriter json, Market market, OrderView order) {
    json.field("selfTradePreventionMode", order.spec().selfTradePreventionMode().name());
    if (order.preventedQuantity() > 0) {
      json.field("preventedMatchId", order.preventedMatchId());
      json.field("preventedQuantity", order.preventedQuantity(), market.baseScale());
    }
    if (order.status() == OrderStatus.EXPIRED && published(order.expiryReason())) {
      json.field("expiryReason", order.expiryReason().name());
    }
  }

  /** The reasons that Binance has a word for. */
  private static boolean published(ExpiryReason reason) {
    return switch (reason) {
      case NONE, SELF_TRADE_PREVENTION, QUOTE_SPENT -> false;
      case REJECTED,
          EXCHANGE_CANCELED,
          OCO_TRIGGER,
          OTO_PHASE_ONE_EXPIRED,
          UNFILLED_IOC_QUANTITY_EXPIRED,
          UNFILLED_FOK_ORDER_EXPIRED,
          INSUFFICIENT_LIQUIDITY,
          EXECUTION_RULE_PRICE_RANGE_EXCEEDED ->
          true;
    };
  }

  private void fills(JsonWriter json, Market market, List<FillView> fills) {
    json.name("fills").beginArray();
    for (FillView fill : fills) {
      var feeAsset = markets.asset(fill.feeAsset());
      json.beginObject();
      json.field("price", fill.price(), market.quoteScale());
      json.field("qty", fill.quantity(), market.baseScale());
      json.field("commission", fill.fee(), feeAsset.scale());
      json.field("commissionAsset", feeAsset.code());
      json.field("tradeId", fill.tradeId());
      json.endObject();
    }
    json.endArray();
  }
}
