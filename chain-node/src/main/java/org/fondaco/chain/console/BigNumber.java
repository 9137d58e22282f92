package org.fondaco.chain.console;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaConstructor;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * Amounts in scripts: an immutable decimal with the methods that users of bignumber.js 2 know. Its
 * text has an exponent from 10^21 as theirs has; {@code toString(10)} and {@code toFixed()} never.
 */
final class BigNumber extends ScriptableObject {
  private static final long serialVersionUID = 1;
  private static final String NAME = "BigNumber";
  private static final int PLACES_MAX = 10_000;

  final BigDecimal value;

  private BigNumber(BigDecimal value) {
    this.value = value;
  }

  @Override
  public String getClassName() {
    return NAME;
  }

  /** {@code valueOf}, so that {@code >} and {@code -} work on amounts too. */
  @Override
  public Object getDefaultValue(Class<?> hint) {
    return Decimals.text(value);
  }

  /** Any JavaScript value as a decimal, or a JavaScript error. */
  static BigDecimal decimal(Object value) {
    try {
      return switch (value) {
        case BigNumber number -> number.value;
        case BigInteger integer -> Decimals.bounded(new BigDecimal(integer));
        case Number number -> Decimals.of(number.doubleValue());
        case CharSequence text -> Decimals.parse(text.toString());
        default -> throw new IllegalArgumentException("not a number: " + Context.toString(value));
      };
    } catch (IllegalArgumentException e) {
      throw error(e);
    }
  }

  static Scriptable of(Context cx, Scriptable scope, BigDecimal value) {
    try {
      BigNumber number = new BigNumber(Decimals.bounded(value));
      number.setParentScope(scope);
      number.setPrototype(ScriptableObject.getClassPrototype(scope, NAME));
      return number;
    } catch (IllegalArgumentException e) {
      throw error(e);
    }
  }

  private static RuntimeException error(IllegalArgumentException e) {
    return ScriptRuntime.constructError("Error", "BigNumber: " + e.getMessage());
  }

  /** Defines the constructor. It works with and without {@code new}. */
  static void define(ScriptableObject scope) {
    LambdaConstructor constructor =
        new LambdaConstructor(
            scope,
            NAME,
            2,
            LambdaConstructor.CONSTRUCTOR_DEFAULT,
            (cx, inner, args) -> new BigNumber(decimal(argument(args, 0), argument(args, 1))));
    Prototype prototype = new Prototype(constructor, scope);
    arithmetic(prototype);
    comparisons(prototype);
    texts(prototype);
    ScriptableObject.defineProperty(scope, NAME, constructor, ScriptableObject.DONTENUM);
  }

  private static BigDecimal decimal(Object value, Object base) {
    if (Undefined.isUndefined(base) || base == null || Context.toNumber(base) == 10) {
      return decimal(value);
    }
    try {
      return new BigDecimal(new BigInteger(Context.toString(value), (int) Context.toNumber(base)));
    } catch (NumberFormatException e) {
      throw error(new IllegalArgumentException("not a number: " + Context.toString(value), e));
    }
  }

  private static void arithmetic(Prototype prototype) {
    prototype.binary(BigDecimal::add, "plus", "add");
    prototype.binary(BigDecimal::subtract, "minus", "sub");
    prototype.binary(BigDecimal::multiply, "times", "mul");
    prototype.binary(Decimals::divide, "dividedBy", "div");
    prototype.binary(
        (a, b) -> Decimals.divide(a.subtract(Decimals.remainder(a, b)), b),
        "dividedToIntegerBy",
        "divToInt");
    prototype.binary(Decimals::remainder, "modulo", "mod");
    prototype.binary(Decimals::power, "toPower", "pow");
    prototype.unary(BigDecimal::negate, "negated", "neg");
    prototype.unary(BigDecimal::abs, "absoluteValue", "abs");
    prototype.unary(a -> a.setScale(0, RoundingMode.FLOOR), "floor");
    prototype.unary(a -> a.setScale(0, RoundingMode.CEILING), "ceil");
    prototype.unary(a -> a.setScale(0, RoundingMode.DOWN), "truncated", "trunc");
    prototype.unary(BigNumber::root, "squareRoot", "sqrt");
    prototype.method(
        (cx, scope, self, args) -> of(cx, scope, self.value.setScale(places(args), rounding(args))),
        "round");
  }

  private static BigDecimal root(BigDecimal square) {
    if (square.signum() < 0) {
      throw new IllegalArgumentException("the root of a negative number");
    }
    int digits = Math.max(square.precision() - square.scale(), 0) + 2 * Decimals.QUOTIENT_PLACES;
    return square
        .sqrt(new MathContext(digits))
        .setScale(Decimals.QUOTIENT_PLACES, RoundingMode.HALF_UP);
  }

  private static void comparisons(Prototype prototype) {
    prototype.method(
        (cx, scope, self, args) -> self.value.compareTo(decimal(argument(args, 0))),
        "comparedTo",
        "cmp");
    prototype.compare((a, b) -> a.compareTo(b) == 0, "equals", "eq");
    prototype.compare((a, b) -> a.compareTo(b) > 0, "greaterThan", "gt");
    prototype.compare((a, b) -> a.compareTo(b) >= 0, "greaterThanOrEqualTo", "gte");
    prototype.compare((a, b) -> a.compareTo(b) < 0, "lessThan", "lt");
    prototype.compare((a, b) -> a.compareTo(b) <= 0, "lessThanOrEqualTo", "lte");
    prototype.test(a -> a.signum() == 0, "isZero");
    prototype.test(a -> a.signum() < 0, "isNegative", "isNeg");
    prototype.test(a -> a.scale() <= 0, "isInteger", "isInt");
    prototype.test(a -> true, "isFinite");
    prototype.test(a -> false, "isNaN");
  }

  private static void texts(Prototype prototype) {
    prototype.method(
        (cx, scope, self, args) ->
            given(args)
                ? Decimals.text(self.value, (int) Context.toNumber(args[0]))
                : Decimals.text(self.value),
        "toString");
    prototype.method((cx, scope, self, args) -> Decimals.text(self.value), "valueOf", "toJSON");
    prototype.method((cx, scope, self, args) -> self.value.doubleValue(), "toNumber");
    prototype.method((cx, scope, self, args) -> Decimals.exponential(self.value), "toExponential");
    prototype.method(
        (cx, scope, self, args) ->
            given(args)
                ? self.value.setScale(places(args), rounding(args)).toPlainString()
                : Decimals.plain(self.value),
        "toFixed");
    prototype.method(
        (cx, scope, self, args) -> Math.max(self.value.scale(), 0), "decimalPlaces", "dp");
  }

  private static Object argument(Object[] args, int index) {
    return index < args.length ? args[index] : Undefined.instance;
  }

  private static boolean given(Object[] args) {
    return args.length > 0 && args[0] != null && !Undefined.isUndefined(args[0]);
  }

  private static int places(Object[] args) {
    double places = given(args) ? Context.toNumber(args[0]) : 0;
    if (!(places >= 0 && places <= PLACES_MAX)) {
      throw new IllegalArgumentException("decimal places " + places);
    }
    return (int) places;
  }

  /** bignumber.js's numbers for its modes are those of {@link RoundingMode}'s first seven. */
  private static RoundingMode rounding(Object[] args) {
    if (args.length < 2 || Undefined.isUndefined(args[1]) || args[1] == null) {
      return RoundingMode.HALF_UP;
    }
    double mode = Context.toNumber(args[1]);
    if (!(mode >= 0 && mode <= 6)) {
      throw new IllegalArgumentException("rounding mode " + mode);
    }
    return RoundingMode.values()[(int) mode];
  }

  private interface Method {
    Object call(Context cx, Scriptable scope, BigNumber self, Object[] args);
  }

  private record Prototype(LambdaConstructor constructor, ScriptableObject scope) {
    void method(Method method, String... names) {
      for (String name : names) {
        constructor.definePrototypeMethod(
            scope,
            name,
            1,
            (cx, inner, self, args) -> {
              try {
                BigNumber number = LambdaConstructor.convertThisObject(self, BigNumber.class);
                return method.call(cx, inner, number, args);
              } catch (IllegalArgumentException e) {
                throw error(e);
              }
            });
      }
    }

    void unary(UnaryOperator<BigDecimal> operator, String... names) {
      method((cx, scope, self, args) -> of(cx, scope, operator.apply(self.value)), names);
    }

    void binary(BinaryOperator<BigDecimal> operator, String... names) {
      method(
          (cx, scope, self, args) ->
              of(cx, scope, operator.apply(self.value, decimal(argument(args, 0)))),
          names);
    }

    void compare(BiPredicate<BigDecimal, BigDecimal> predicate, String... names) {
      method(
          (cx, scope, self, args) -> predicate.test(self.value, decimal(argument(args, 0))), names);
    }

    void test(Predicate<BigDecimal> predicate, String... names) {
      method((cx, scope, self, args) -> predicate.test(self.value), names);
    }
  }
}
