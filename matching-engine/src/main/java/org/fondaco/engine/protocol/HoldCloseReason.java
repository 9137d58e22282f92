package org.fondaco.engine.protocol;

/** How a reservation ended. Travels as its ordinal: append only. */
public enum HoldCloseReason {
  POSTED,
  VOIDED,
  EXPIRED;

  private static final HoldCloseReason[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static HoldCloseReason of(int code) {
    return VALUES[code];
  }
}
