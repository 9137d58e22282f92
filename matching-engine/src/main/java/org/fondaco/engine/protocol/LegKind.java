package org.fondaco.engine.protocol;

/** Kinds of transfer legs. Travels as its ordinal: append only. */
public enum LegKind {
  TRANSFER,
  RESERVE,
  POST,
  VOID,
  MOVE_TOKEN,
  HOLD_TOKEN;

  private static final LegKind[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static LegKind of(int code) {
    return VALUES[code];
  }
}
