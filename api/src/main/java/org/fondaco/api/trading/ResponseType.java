package org.fondaco.api.trading;

import org.fondaco.engine.protocol.OrderType;

/** newOrderRespType: how much an answer tells. */
enum ResponseType {
  ACK,
  RESULT,
  FULL;

  /** Binance's default for a single order. */
  static ResponseType initial(OrderType type) {
    return switch (type) {
      case LIMIT, MARKET -> FULL;
      case LIMIT_MAKER, STOP_LOSS, STOP_LOSS_LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT -> ACK;
    };
  }
}
