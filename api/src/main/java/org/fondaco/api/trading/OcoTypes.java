package org.fondaco.api.trading;

import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.http.Parameters;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Side;

/**
 * Which types may stand above and below the price [errors.md -1158, -1165 to -1168, -1196 to
 * -1199].
 */
final class OcoTypes {

  private OcoTypes() {}

  /** Refuses a pair that Binance refuses. */
  static void check(Parameters parameters, Side side, String aboveName, String belowName) {
    OrderType above = OrderParameters.type(parameters, aboveName);
    OrderType below = OrderParameters.type(parameters, belowName);
    Kind aboveKind = kind(above);
    Kind belowKind = kind(below);
    if (aboveKind == Kind.LIMIT && belowKind == Kind.LIMIT) {
      throw refuse(-1168, "At least one OCO order must be contingent.");
    }
    if (side == Side.BUY) {
      switch (aboveKind) {
        case LIMIT -> throw refuse(-1165, "A limit order in a buy OCO must be below.");
        case PROFIT -> throw refuse(-1198, "A take profit order in a buy OCO must be below.");
        case LOSS -> {}
      }
      if (belowKind == Kind.LOSS) {
        throw refuse(-1196, "A stop loss order in a buy OCO must be above.");
      }
    } else {
      switch (belowKind) {
        case LIMIT -> throw refuse(-1166, "A limit order in a sell OCO must be above.");
        case PROFIT -> throw refuse(-1199, "A take profit order in a sell OCO must be above.");
        case LOSS -> {}
      }
      if (aboveKind == Kind.LOSS) {
        throw refuse(-1197, "A stop loss order in a sell OCO must be below.");
      }
    }
  }

  private enum Kind {
    LIMIT,
    LOSS,
    PROFIT
  }

  private static Kind kind(OrderType type) {
    return switch (type) {
      case LIMIT_MAKER -> Kind.LIMIT;
      case STOP_LOSS, STOP_LOSS_LIMIT -> Kind.LOSS;
      case TAKE_PROFIT, TAKE_PROFIT_LIMIT -> Kind.PROFIT;
      case LIMIT, MARKET -> throw refuse(-1158, "Order type not supported in OCO.");
    };
  }

  private static ApiException refuse(int code, String message) {
    return ApiError.badRequest(code, message).exception();
  }
}
