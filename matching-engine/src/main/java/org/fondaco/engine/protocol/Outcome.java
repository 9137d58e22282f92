package org.fondaco.engine.protocol;

/** What became of a numbered command of a source. Travels as its ordinal: append only. */
public enum Outcome {
  APPLIED,
  REJECTED,
  GAP,
  TOO_OLD,
  FROZEN;

  private static final Outcome[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static Outcome of(int code) {
    return VALUES[code];
  }
}
