package org.fondaco.engine.protocol;

/** Kinds of order lists. Travels as its ordinal: append only. */
public enum ListType {
  OCO,
  OTO,
  OTOCO;

  private static final ListType[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static ListType of(int code) {
    return VALUES[code];
  }
}
