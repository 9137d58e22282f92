package org.fondaco.engine.protocol;

/** What a failed cancel means for the new order. Travels as its ordinal: append only. */
public enum CancelReplaceMode {
  STOP_ON_FAILURE,
  ALLOW_FAILURE;

  private static final CancelReplaceMode[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static CancelReplaceMode of(int code) {
    return VALUES[code];
  }
}
