package org.fondaco.chain.console;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** The decimal arithmetic of {@link BigNumber}: exact, except that a quotient has 20 places. */
final class Decimals {
  /** bignumber.js's default, which the users of web3 0.20 know. */
  static final int QUOTIENT_PLACES = 20;

  /** Digits of a double that are surely meant. */
  private static final int DOUBLE_DIGITS_MAX = 15;

  /** Digits before and after the point; beyond is a mistake, and would take memory without end. */
  private static final int DIGITS_MAX = 10_000;

  private static final int EXPONENT_FROM = 21;
  private static final int EXPONENT_BELOW = -7;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?");
  private static final Pattern HEXADECIMAL = Pattern.compile("[+-]?0[xX][0-9a-fA-F]+");

  private Decimals() {}

  /**
   * A number as people write it: decimal, with an exponent, or {@code 0x…}.
   *
   * @throws IllegalArgumentException if it is none, or has more than 10,000 digits
   */
  static BigDecimal parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > 2 * DIGITS_MAX) {
      throw new IllegalArgumentException("a number of " + trimmed.length() + " characters");
    }
    if (HEXADECIMAL.matcher(trimmed).matches()) {
      return new BigDecimal(new BigInteger(trimmed.replaceFirst("0[xX]", ""), 16));
    }
    if (!DECIMAL.matcher(trimmed).matches()) {
      throw new IllegalArgumentException("not a number: " + text);
    }
    return bounded(new BigDecimal(trimmed));
  }

  /**
   * A double, if it is certain which number was meant: an integer that a double holds exactly, or
   * at most 15 digits.
   *
   * @throws IllegalArgumentException otherwise
   */
  static BigDecimal of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a number: " + number);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    boolean exact = Math.rint(number) == number && Math.abs(number) <= 0x1fffffffffffffL;
    if (!exact && decimal.precision() > DOUBLE_DIGITS_MAX) {
      throw new IllegalArgumentException(
          "a number of more than 15 significant digits, write it as a string: " + text(decimal));
    }
    return decimal;
  }

  static BigDecimal bounded(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    long integerDigits = (long) number.precision() - number.scale();
    if (integerDigits > DIGITS_MAX || number.scale() > DIGITS_MAX) {
      throw new IllegalArgumentException("a number of more than " + DIGITS_MAX + " digits");
    }
    return number.stripTrailingZeros();
  }

  static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw new IllegalArgumentException("division by zero");
    }
    return bounded(dividend.divide(divisor, QUOTIENT_PLACES, RoundingMode.HALF_UP));
  }

  static BigDecimal remainder(BigDecimal dividend, BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw new IllegalArgumentException("division by zero");
    }
    return bounded(dividend.remainder(divisor));
  }

  static BigDecimal power(BigDecimal base, BigDecimal exponent) {
    int times;
    try {
      times = exponent.intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the exponent " + text(exponent) + " is no integer", e);
    }
    if ((long) base.precision() * Math.abs(times) > 2L * DIGITS_MAX) {
      throw new IllegalArgumentException("a number of more than " + DIGITS_MAX + " digits");
    }
    BigDecimal power = bounded(base.pow(Math.abs(times)));
    return times < 0 ? divide(BigDecimal.ONE, power) : power;
  }

  /** JavaScript's manner: with an exponent from 10^21 and below 10^-6. */
  static String text(BigDecimal number) {
    int exponent = number.precision() - number.scale() - 1;
    if (number.signum() == 0 || (exponent > EXPONENT_BELOW && exponent < EXPONENT_FROM)) {
      return plain(number);
    }
    return exponential(number);
  }

  static String exponential(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = stripped.signum() == 0 ? 0 : digits.length() - stripped.scale() - 1;
    return (stripped.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }

  static String plain(BigDecimal number) {
    return bounded(number).toPlainString();
  }

  /**
   * The number in base 2 to 36; only base 10 has fractions here.
   *
   * @throws IllegalArgumentException on a fraction in another base, or another base
   */
  static String text(BigDecimal number, int base) {
    if (base == 10) {
      return plain(number);
    }
    if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
      throw new IllegalArgumentException("base " + base);
    }
    return integer(number).toString(base);
  }

  /**
   * The number as an integer.
   *
   * @throws IllegalArgumentException if it has a fraction
   */
  static BigInteger integer(BigDecimal number) {
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text(number) + " is not an integer", e);
    }
  }
}
