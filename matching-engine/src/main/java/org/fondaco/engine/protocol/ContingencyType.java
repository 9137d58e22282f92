package org.fondaco.engine.protocol;

/** Contingency as published; an OTOCO is published as OTO. Travels as its ordinal: append only. */
public enum ContingencyType {
  OCO,
  OTO;

  private static final ContingencyType[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static ContingencyType of(int code) {
    return VALUES[code];
  }
}
