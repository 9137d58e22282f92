package org.fondaco.engine.protocol;

/** Order types of the Binance Spot API. Travels as its ordinal: append only. */
public enum OrderType {
  LIMIT,
  MARKET,
  LIMIT_MAKER,
  STOP_LOSS,
  STOP_LOSS_LIMIT,
  TAKE_PROFIT,
  TAKE_PROFIT_LIMIT;

  private static final OrderType[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static OrderType of(int code) {
    return VALUES[code];
  }
}
