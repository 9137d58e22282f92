package org.fondaco.engine.protocol;

/** State that an order must be in to be cancelled. Travels as its ordinal: append only. */
public enum CancelRestriction {
  NONE,
  ONLY_NEW,
  ONLY_PARTIALLY_FILLED;

  private static final CancelRestriction[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static CancelRestriction of(int code) {
    return VALUES[code];
  }
}
