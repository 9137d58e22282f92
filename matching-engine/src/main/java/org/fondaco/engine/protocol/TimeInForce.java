package org.fondaco.engine.protocol;

/** How long an order stays. Travels as its ordinal: append only. */
public enum TimeInForce {
  GTC,
  IOC,
  FOK;

  private static final TimeInForce[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static TimeInForce of(int code) {
    return VALUES[code];
  }
}
