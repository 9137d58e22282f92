package org.fondaco.api.userdata;

import java.math.BigInteger;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.readmodel.OrderView;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order, as of one event of it [user-data-stream.md §Order Update].
 *
 * @param order the order as of this event; what follows in the same command is not in it
 * @param type execution type, {@code x}
 * @param status {@code X}
 * @param clientOrderId {@code c}: of the order, of the request that cancels it, or of the order
 *     from now on
 * @param origClientOrderId {@code C}: what the order was called until now; empty when that is
 *     {@code c}
 * @param rejectReason {@code r}
 * @param executionId {@code I}, -1 = rejected
 * @param time engine time, microseconds
 */
record ExecutionReport(
    Market market,
    OrderView order,
    Type type,
    OrderStatus status,
    String clientOrderId,
    String origClientOrderId,
    String rejectReason,
    long executionId,
    long time,
    @Nullable Fill fill,
    @Nullable Prevention prevention)
    implements UserEvent {
  private static final String NONE = "NONE";

  /** Binance's execution types [enums.md §executionType]. */
  enum Type {
    NEW,
    CANCELED,
    REPLACED,
    REJECTED,
    TRADE,
    EXPIRED,
    TRADE_PREVENTION
  }

  /**
   * The trade that is reported; amounts in ledger units.
   *
   * @param fee in units of {@code feeAsset}
   */
  record Fill(
      long tradeId,
      long price,
      long quantity,
      long quoteQuantity,
      long fee,
      AssetChanged feeAsset,
      boolean maker) {}

  /**
   * The self-trade that was prevented; amounts in ledger units.
   *
   * @param tradeGroupId -1 = none
   * @param counterOrderId the other order
   * @param lastQuantity removed from this order by it
   * @param price and quantity of the trade that would have been
   */
  record Prevention(
      long matchId,
      long tradeGroupId,
      long counterOrderId,
      long lastQuantity,
      long price,
      long quantity) {}

  /** An order's own name stays as it is. */
  static ExecutionReport of(
      Market market, OrderView order, Type type, long executionId, long time) {
    return named(market, order, type, order.spec().clientOrderId(), "", executionId, time);
  }

  /** The order, or the request that ends it, has another name. */
  static ExecutionReport named(
      Market market,
      OrderView order,
      Type type,
      String clientOrderId,
      String origClientOrderId,
      long executionId,
      long time) {
    return new ExecutionReport(
        market,
        order,
        type,
        order.status(),
        clientOrderId,
        origClientOrderId,
        NONE,
        executionId,
        time,
        null,
        null);
  }

  static ExecutionReport trade(
      Market market, OrderView order, OrderStatus status, Fill fill, long executionId, long time) {
    return new ExecutionReport(
        market,
        order,
        Type.TRADE,
        status,
        order.spec().clientOrderId(),
        "",
        NONE,
        executionId,
        time,
        fill,
        null);
  }

  static ExecutionReport prevention(
      Market market, OrderView order, Prevention prevention, long executionId, long time) {
    return new ExecutionReport(
        market,
        order,
        Type.TRADE_PREVENTION,
        order.status(),
        order.spec().clientOrderId(),
        "",
        NONE,
        executionId,
        time,
        null,
        prevention);
  }

  /** The order never was. */
  static ExecutionReport rejected(Market market, OrderView order, String reason, long time) {
    return new ExecutionReport(
        market,
        order,
        Type.REJECTED,
        OrderStatus.REJECTED,
        order.spec().clientOrderId(),
        "",
        reason,
        -1,
        time,
        null,
        null);
  }

  @Override
  public void write(JsonWriter json, boolean microseconds) {
    OrderSpec spec = order.spec();
    int base = market.baseScale();
    int quote = market.quoteScale();
    json.beginObject();
    json.field("e", "executionReport");
    json.field("E", UserEvent.time(time, microseconds));
    json.field("s", market.name());
    json.field("c", clientOrderId);
    json.field("S", spec.side().name());
    json.field("o", spec.type().name());
    json.field("f", spec.timeInForce().name());
    json.field("q", spec.quantity(), base);
    json.field("p", spec.price(), quote);
    json.field("P", spec.stopPrice(), quote);
    if (spec.trailingDelta() != 0) {
      json.field("d", spec.trailingDelta());
    }
    json.field("F", spec.icebergQuantity(), base);
    json.field("g", order.orderListId());
    json.field("C", origClientOrderId);
    json.field("x", type.name());
    json.field("X", status.name());
    json.field("r", rejectReason);
    json.field("i", order.orderId());
    executed(json, microseconds);
    json.field("Z", order.executedQuote(), quote);
    json.field("Y", fill == null ? 0 : fill.quoteQuantity(), quote);
    json.field("Q", spec.quoteOrderQuantity(), quote);
    conditional(json, microseconds);
    json.endObject();
  }

  /** {@code l} to {@code O}. */
  private void executed(JsonWriter json, boolean microseconds) {
    int base = market.baseScale();
    json.field("l", fill == null ? 0 : fill.quantity(), base);
    json.field("z", order.executedQuantity(), base);
    json.field("L", fill == null ? 0 : fill.price(), market.quoteScale());
    if (fill == null) {
      json.field("n", "0");
      json.name("N").nullValue();
    } else {
      json.field("n", fill.fee(), fill.feeAsset().scale());
      json.field("N", fill.feeAsset().code());
    }
    json.field("T", UserEvent.time(time, microseconds));
    json.field("t", fill == null ? -1 : fill.tradeId());
    if (prevention != null) {
      json.field("v", prevention.matchId());
    }
    json.field("I", executionId);
    json.field("w", order.working() && isOpen());
    json.field("m", fill != null && fill.maker());
    json.field("M", fill != null);
    json.field("O", UserEvent.time(order.acceptedTime(), microseconds));
  }

  /** Fields that appear under conditions [§Conditional Fields in Execution Report]. */
  private void conditional(JsonWriter json, boolean microseconds) {
    OrderSpec spec = order.spec();
    if (spec.trailingDelta() != 0 && order.trailingTime() >= 0) {
      json.field("D", UserEvent.time(order.trailingTime(), microseconds));
    }
    if (spec.strategyId() != Long.MIN_VALUE) {
      json.field("j", spec.strategyId());
    }
    if (spec.strategyType() != 0) {
      json.field("J", spec.strategyType());
    }
    if (order.workingTime() >= 0) {
      json.field("W", UserEvent.time(order.workingTime(), microseconds));
    }
    json.field("V", spec.selfTradePreventionMode().name());
    if (prevention != null) {
      prevented(json, prevention);
    }
    if (type == Type.EXPIRED && status == OrderStatus.EXPIRED && published(order.expiryReason())) {
      json.field("eR", order.expiryReason().name());
    }
  }

  private void prevented(JsonWriter json, Prevention match) {
    json.field("A", order.preventedQuantity(), market.baseScale());
    json.field("B", match.lastQuantity(), market.baseScale());
    if (match.tradeGroupId() != -1) {
      json.field("u", match.tradeGroupId());
    }
    json.field("U", match.counterOrderId());
    json.field("Cs", market.name());
    json.field("pl", match.quantity(), market.baseScale());
    json.field("pL", match.price(), market.quoteScale());
    // Exact: prices are whole ticks and quantities whole lots.
    long notional =
        BigInteger.valueOf(match.price())
            .multiply(BigInteger.valueOf(match.quantity()))
            .divide(BigInteger.TEN.pow(market.baseScale()))
            .longValueExact();
    json.field("pY", notional, market.quoteScale());
  }

  private boolean isOpen() {
    return switch (status) {
      case NEW, PENDING_NEW, PARTIALLY_FILLED -> true;
      case FILLED, CANCELED, REJECTED, EXPIRED, EXPIRED_IN_MATCH -> false;
    };
  }

  /** The reasons that Binance has a word for [enums.md §Expiry Reasons]. */
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
}
