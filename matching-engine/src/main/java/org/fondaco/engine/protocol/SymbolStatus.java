package org.fondaco.engine.protocol;

/** Trading status of a symbol. Travels as its ordinal: append only. */
public enum SymbolStatus {
  TRADING,
  HALT,
  BREAK,
  CANCEL_ONLY;

  private static final SymbolStatus[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static SymbolStatus of(int code) {
    return VALUES[code];
  }
}
