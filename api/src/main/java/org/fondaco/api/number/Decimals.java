package org.fondaco.api.number;

import org.fondaco.api.error.RequestErrors;

/**
 * Reads decimal parameters into ledger units and longs. Accepts exactly what Binance accepts: 1 to
 * 20 digits, then optionally a dot and 1 to 20 digits; no sign, exponent, space or other numeral.
 */
public final class Decimals {
  static final String DECIMAL = "^([0-9]{1,20})(\\.[0-9]{1,20})?$";
  static final String INTEGER = "^[0-9]{1,20}$";
  private static final int DIGITS_MAX = 20;

  private static final long[] POWERS = powers();

  private Decimals() {}

  /**
   * @param name parameter, for the refusal
   * @param scale decimals of the unit, 0 to 18
   * @return the amount in units of 10^-scale
   * @throws org.fondaco.api.error.ApiException -1100 when malformed, -1108 beyond 63 bits, -1111
   *     when a digit beyond the scale is not zero
   */
  public static long units(String name, String text, int scale) {
    int dot = check(name, text, true);
    int integerEnd = dot < 0 ? text.length() : dot;
    long units = 0;
    for (int i = 0; i < integerEnd; i++) {
      units = append(name, units, text.charAt(i));
    }
    int decimals = 0;
    for (int i = integerEnd + 1; i < text.length(); i++) {
      if (decimals == scale) {
        if (text.charAt(i) != '0') {
          throw RequestErrors.precision(name);
        }
      } else {
        units = append(name, units, text.charAt(i));
        decimals++;
      }
    }
    long factor = POWERS[scale - decimals];
    if (Math.multiplyHigh(units, factor) != 0 || units * factor < 0) {
      throw RequestErrors.overflow(name);
    }
    return units * factor;
  }

  /**
   * Reads a non-negative whole number.
   *
   * @throws org.fondaco.api.error.ApiException -1100 when malformed, -1108 beyond 63 bits
   */
  public static long whole(String name, String text) {
    check(name, text, false);
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      value = append(name, value, text.charAt(i));
    }
    return value;
  }

  /** 10 to the power of {@code exponent}, 0 to 18. */
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  private static long append(String name, long value, char digit) {
    int add = digit - '0';
    if (value > (Long.MAX_VALUE - add) / 10) {
      throw RequestErrors.overflow(name);
    }
    return value * 10 + add;
  }

  /** Returns the position of the dot, -1 = none. */
  private static int check(String name, String text, boolean dotAllowed) {
    int dot = -1;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && run < DIGITS_MAX) {
        run++;
      } else if (c == '.' && dotAllowed && dot < 0 && run > 0) {
        dot = i;
        run = 0;
      } else {
        throw illegal(name, dotAllowed);
      }
    }
    if (run == 0) {
      throw illegal(name, dotAllowed);
    }
    return dot;
  }

  private static RuntimeException illegal(String name, boolean dotAllowed) {
    return RequestErrors.illegalCharacters(name, dotAllowed ? DECIMAL : INTEGER);
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
