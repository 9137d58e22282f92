package org.fondaco.engine.protocol;

/** Binance listOrderStatus. Travels as its ordinal: append only. */
public enum ListOrderStatus {
  EXECUTING,
  ALL_DONE,
  REJECT;

  private static final ListOrderStatus[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static ListOrderStatus of(int code) {
    return VALUES[code];
  }
}
