package org.fondaco.engine.protocol;

/** Binance listStatusType. Travels as its ordinal: append only. */
public enum ListStatusType {
  RESPONSE,
  EXEC_STARTED,
  UPDATED,
  ALL_DONE;

  private static final ListStatusType[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static ListStatusType of(int code) {
    return VALUES[code];
  }
}
