package org.fondaco.engine.protocol;

/** Reach of the kill switch. Travels as its ordinal: append only. */
public enum KillScope {
  ACCOUNT,
  VENUE;

  private static final KillScope[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static KillScope of(int code) {
    return VALUES[code];
  }
}
