package org.fondaco.engine.core;

import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;

/** Wire codes of the protocol's enumerations, as the engine keeps them in slabs. */
final class Codes {

  static final int BUY = Side.BUY.ordinal();
  static final int SELL = Side.SELL.ordinal();

  static final int LIMIT = OrderType.LIMIT.ordinal();
  static final int MARKET = OrderType.MARKET.ordinal();
  static final int LIMIT_MAKER = OrderType.LIMIT_MAKER.ordinal();
  static final int STOP_LOSS = OrderType.STOP_LOSS.ordinal();
  static final int STOP_LOSS_LIMIT = OrderType.STOP_LOSS_LIMIT.ordinal();
  static final int TAKE_PROFIT = OrderType.TAKE_PROFIT.ordinal();
  static final int TAKE_PROFIT_LIMIT = OrderType.TAKE_PROFIT_LIMIT.ordinal();

  static final int GTC = TimeInForce.GTC.ordinal();
  static final int IOC = TimeInForce.IOC.ordinal();
  static final int FOK = TimeInForce.FOK.ordinal();

  static final int NONE = SelfTradePreventionMode.NONE.ordinal();
  static final int EXPIRE_TAKER = SelfTradePreventionMode.EXPIRE_TAKER.ordinal();
  static final int EXPIRE_MAKER = SelfTradePreventionMode.EXPIRE_MAKER.ordinal();
  static final int EXPIRE_BOTH = SelfTradePreventionMode.EXPIRE_BOTH.ordinal();
  static final int DECREMENT = SelfTradePreventionMode.DECREMENT.ordinal();

  static final int TRADING = SymbolStatus.TRADING.ordinal();
  static final int CANCEL_ONLY = SymbolStatus.CANCEL_ONLY.ordinal();
  static final int BREAK = SymbolStatus.BREAK.ordinal();

  static final int ONLY_NEW = CancelRestriction.ONLY_NEW.ordinal();
  static final int ONLY_PARTIALLY_FILLED = CancelRestriction.ONLY_PARTIALLY_FILLED.ordinal();

  private Codes() {}
}
