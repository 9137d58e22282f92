package org.fondaco.engine.protocol;

/** Side of an order. Travels as its ordinal: append only. */
public enum Side {
  BUY,
  SELL;

  private static final Side[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static Side of(int code) {
    return VALUES[code];
  }
}
