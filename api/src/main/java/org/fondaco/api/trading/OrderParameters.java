package org.fondaco.api.trading;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.jspecify.annotations.Nullable;

/** The parameters that describe one order, alone or as a leg of a list. */
final class OrderParameters {
  private static final int STRATEGY_TYPE_MIN = 1_000_000;
  private static final Side[] SIDES = Side.values();
  private static final OrderType[] TYPES = OrderType.values();
  private static final TimeInForce[] TIMES = TimeInForce.values();
  private static final SelfTradePreventionMode[] MODES = SelfTradePreventionMode.values();

  static final Parameter SYMBOL =
      Parameter.mandatory("symbol", Type.STRING, "For example BTCUSDT.");
  static final Parameter SELF_TRADE_PREVENTION_MODE =
      Parameter.choice(
          "selfTradePreventionMode",
          SelfTradePreventionMode.class,
          false,
          "What happens instead of a self-trade when this order is taker.");
  static final Parameter RESPONSE_TYPE =
      Parameter.choice(
          "newOrderRespType",
          ResponseType.class,
          false,
          "How much the answer tells; MARKET and LIMIT default to FULL, others to ACK, lists to"
              + " RESULT.");

  private OrderParameters() {}

  /** Parameters of a single order, without symbol and response type. */
  static List<Parameter> declared() {
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.choice("side", Side.class, true, ""));
    all.add(Parameter.choice("type", OrderType.class, true, ""));
    all.add(Parameter.optional("quantity", Type.DECIMAL, "Base asset."));
    all.add(
        Parameter.optional(
            "quoteOrderQty", Type.DECIMAL, "Quote asset to spend or receive; MARKET only."));
    all.add(Parameter.optional("newClientOrderId", Type.STRING, "Unique among open orders."));
    all.addAll(shared());
    all.add(SELF_TRADE_PREVENTION_MODE);
    return all;
  }

  /** Parameters that single orders and legs have in common. */
  static List<Parameter> shared() {
    return List.of(
        Parameter.choice("timeInForce", TimeInForce.class, false, "GTC, IOC or FOK."),
        Parameter.optional("price", Type.DECIMAL, "Limit price."),
        Parameter.optional("stopPrice", Type.DECIMAL, "Price of the last trade that triggers."),
        Parameter.optional("trailingDelta", Type.LONG, "Basis points to trail the price by."),
        Parameter.optional("icebergQty", Type.DECIMAL, "Quantity shown."),
        Parameter.optional("strategyId", Type.LONG, "Yours."),
        Parameter.optional("strategyType", Type.INT, "Yours, at least 1000000."));
  }

  /** A single order. */
  static OrderSpec single(Parameters parameters, Market market) {
    Side side = side(parameters, "side");
    OrderType type = type(parameters, "type");
    String clientOrderId = ClientIds.sentOrGenerated(parameters, "newClientOrderId");
    return new Leg(parameters, market, "", "quantity").spec(side, type, clientOrderId);
  }

  static Side side(Parameters parameters, String name) {
    return required(parameters.choice(name, SIDES, RequestErrors::invalidSide), name);
  }

  static OrderType type(Parameters parameters, String name) {
    return required(parameters.choice(name, TYPES, RequestErrors::invalidOrderType), name);
  }

  static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw RequestErrors.mandatory(name);
    }
    return value;
  }

  private static long positive(
      Parameters parameters, String name, long value, RuntimeException refusal) {
    if (value == 0 && parameters.has(name)) {
      throw refusal;
    }
    return value;
  }

  /**
   * One order's parameters under a prefix such as {@code pendingAbove}; the empty prefix is a
   * single order. What a type needs and must not have is Binance's table [rest-api.md §New order].
   *
   * @param quantityName legs of a pair share one quantity
   */
  record Leg(Parameters parameters, Market market, String prefix, String quantityName) {

    /** A leg of a list, with its own type and client id. */
    OrderSpec spec(Side side) {
      return spec(
          side,
          OrderParameters.type(parameters, name("type")),
          ClientIds.sentOrGenerated(parameters, name("clientOrderId")));
    }

    OrderSpec spec(Side side, OrderType type, String clientOrderId) {
      long quantity = quantity();
      TimeInForce time = timeInForce(type);
      long price = price("price");
      long stopPrice = price("stopPrice");
      int trailingDelta = parameters.wholeInt(name("trailingDelta"), 0);
      long quoteOrderQuantity = quoteOrderQuantity();
      checkShape(type, quantity, quoteOrderQuantity, price, stopPrice, trailingDelta);
      int strategyType = parameters.wholeInt(name("strategyType"), 0);
      if (strategyType < STRATEGY_TYPE_MIN && parameters.has(name("strategyType"))) {
        throw RequestErrors.strategyTypeTooSmall();
      }
      return new OrderSpec(
          side,
          type,
          time,
          selfTradePreventionMode(),
          trailingDelta,
          quantity,
          quoteOrderQuantity,
          price,
          stopPrice,
          parameters.units(name("icebergQty"), market.baseScale()),
          parameters.whole(name("strategyId"), Long.MIN_VALUE),
          strategyType,
          clientOrderId);
    }

    String name(String field) {
      return prefix.isEmpty()
          ? field
          : prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    private TimeInForce timeInForce(OrderType type) {
      String name = name("timeInForce");
      TimeInForce time = parameters.choice(name, TIMES, RequestErrors::invalidTimeInForce);
      return switch (type) {
        case LIMIT, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> required(time, name);
        case MARKET, STOP_LOSS, TAKE_PROFIT -> {
          refuse(time != null, name);
          yield TimeInForce.GTC;
        }
        case LIMIT_MAKER -> {
          refuse(time != null && time != TimeInForce.GTC, name);
          yield TimeInForce.GTC;
        }
      };
    }

    private SelfTradePreventionMode selfTradePreventionMode() {
      SelfTradePreventionMode mode = parameters.choice("selfTradePreventionMode", MODES);
      return mode == null ? market.symbol().defaultSelfTradePreventionMode() : mode;
    }

    private long price(String field) {
      String name = name(field);
      return positive(
          parameters,
          name,
          parameters.units(name, market.quoteScale()),
          RequestErrors.invalidPrice());
    }

    private long quantity() {
      return positive(
          parameters,
          quantityName,
          parameters.units(quantityName, market.baseScale()),
          RequestErrors.invalidQuantity());
    }

    private long quoteOrderQuantity() {
      if (!prefix.isEmpty()) {
        return 0;
      }
      return positive(
          parameters,
          "quoteOrderQty",
          parameters.units("quoteOrderQty", market.quoteScale()),
          RequestErrors.invalidQuantity());
    }

    private void checkShape(
        OrderType type, long quantity, long quote, long price, long stopPrice, int delta) {
      checkQuantity(type, quantity, quote);
      boolean priced =
          switch (type) {
            case LIMIT, LIMIT_MAKER, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> true;
            case MARKET, STOP_LOSS, TAKE_PROFIT -> false;
          };
      demand(!priced || price != 0, name("price"));
      refuse(!priced && price != 0, name("price"));
      refuse(!priced && parameters.has(name("icebergQty")), name("icebergQty"));
      boolean conditional =
          switch (type) {
            case STOP_LOSS, STOP_LOSS_LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT -> true;
            case LIMIT, LIMIT_MAKER, MARKET -> false;
          };
      if (conditional && stopPrice == 0 && delta == 0) {
        throw RequestErrors.eitherMandatory(name("stopPrice"), name("trailingDelta"));
      }
      refuse(!conditional && stopPrice != 0, name("stopPrice"));
      refuse(!conditional && delta != 0, name("trailingDelta"));
    }

    private void checkQuantity(OrderType type, long quantity, long quote) {
      if (type != OrderType.MARKET || !prefix.isEmpty()) {
        refuse(quote != 0, "quoteOrderQty");
        demand(quantity != 0, quantityName);
      } else if (quantity == 0 && quote == 0) {
        throw RequestErrors.eitherMandatory("quantity", "quoteOrderQty");
      } else if (quantity != 0 && quote != 0) {
        throw RequestErrors.badCombination();
      }
    }

    private static void refuse(boolean superfluous, String name) {
      if (superfluous) {
        throw RequestErrors.notRequired(name);
      }
    }

    private static void demand(boolean present, String name) {
      if (!present) {
        throw RequestErrors.mandatory(name);
      }
    }
  }
}
