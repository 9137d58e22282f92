package org.fondaco.engine.protocol;

/**
 * Why an order expired; the names of the Binance user data stream, SELF_TRADE_PREVENTION and
 * QUOTE_SPENT are ours. Travels as its ordinal: append only.
 */
public enum ExpiryReason {
  NONE,
  REJECTED,
  EXCHANGE_CANCELED,
  OCO_TRIGGER,
  OTO_PHASE_ONE_EXPIRED,
  UNFILLED_IOC_QUANTITY_EXPIRED,
  UNFILLED_FOK_ORDER_EXPIRED,
  INSUFFICIENT_LIQUIDITY,
  EXECUTION_RULE_PRICE_RANGE_EXCEEDED,
  SELF_TRADE_PREVENTION,
  QUOTE_SPENT;

  private static final ExpiryReason[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static ExpiryReason of(int code) {
    return VALUES[code];
  }
}
