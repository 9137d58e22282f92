package org.fondaco.engine.protocol;

/** Which part of a request was refused. Travels as its ordinal: append only. */
public enum RejectStage {
  PLACE,
  CANCEL,
  AMEND,
  MOVE,
  LIST,
  CONTROL;

  private static final RejectStage[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static RejectStage of(int code) {
    return VALUES[code];
  }
}
