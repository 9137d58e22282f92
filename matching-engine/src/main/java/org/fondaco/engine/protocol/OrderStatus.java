package org.fondaco.engine.protocol;

/** Life of an order. Travels as its ordinal: append only. */
public enum OrderStatus {
  NEW,
  PENDING_NEW,
  PARTIALLY_FILLED,
  FILLED,
  CANCELED,
  REJECTED,
  EXPIRED,
  EXPIRED_IN_MATCH;

  private static final OrderStatus[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static OrderStatus of(int code) {
    return VALUES[code];
  }
}
