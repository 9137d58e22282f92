package org.fondaco.engine.protocol;

/** What happens instead of a self-trade. Travels as its ordinal: append only. */
public enum SelfTradePreventionMode {
  NONE,
  EXPIRE_TAKER,
  EXPIRE_MAKER,
  EXPIRE_BOTH,
  DECREMENT;

  private static final SelfTradePreventionMode[] VALUES = values();

  /**
   * The constant with this wire code.
   *
   * @throws ArrayIndexOutOfBoundsException when the code is not known to this version
   */
  public static SelfTradePreventionMode of(int code) {
    return VALUES[code];
  }
}
