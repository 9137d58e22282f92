package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those that bignumber.js 2 gives for the same numbers. */
class DecimalsTest {
  private static final long SEED = 20261128;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0, 0, 0",
    "1.50, 1.5, 1.5",
    "1e20, 100000000000000000000, 100000000000000000000",
    "999999999999999999999, 999999999999999999999, 999999999999999999999",
    "1e21, 1e+21, 1000000000000000000000",
    "-1234567890123456789012, -1.234567890123456789012e+21, -1234567890123456789012",
    "0.000001, 0.000001, 0.000001",
    "0.0000001, 1e-7, 0.0000001",
    "0.00000012, 1.2e-7, 0.00000012",
    "0xff, 255, 255",
    "-0x10, -16, -16",
    "12345678901234567890123456789, 1.2345678901234567890123456789e+28, 12345678901234567890123456789",
  })
  void texts(String given, String shown, String plain) {
    assertThat(Decimals.text(Decimals.parse(given))).isEqualTo(shown);
    assertThat(Decimals.text(Decimals.parse(given), 10)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "1x", "0x", "1e", "--1", "1,5", ".", "1e99999", "1e-99999"})
  void whatIsNoNumber(String text) {
    assertThatThrownBy(() -> Decimals.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDoubleMustBeCertain() {
    assertThat(Decimals.of(9_007_199_254_740_991d)).isEqualByComparingTo("9007199254740991");
    assertThat(Decimals.of(1e22)).isEqualByComparingTo("1e22");
    assertThat(Decimals.of(0.1)).isEqualByComparingTo("0.1");
    assertThatThrownBy(() -> Decimals.of(0.1 + 0.2)).hasMessageContaining("15 significant");
    assertThatThrownBy(() -> Decimals.of(12345678901234567890d)).hasMessageContaining("string");
    assertThatThrownBy(() -> Decimals.of(Double.NaN)).hasMessageContaining("not a number");
  }

  @Test
  void divisionsAndPowers() {
    assertThat(text(Decimals.divide(two(), number(3)))).isEqualTo("0.66666666666666666667");
    assertThat(text(Decimals.divide(number(-2), number(3)))).isEqualTo("-0.66666666666666666667");
    assertThat(text(Decimals.remainder(number(-7), number(3)))).isEqualTo("-1");
    assertThat(text(Decimals.power(two(), number(256))))
        .isEqualTo(
            "1.15792089237316195423570985008687907853269984665640564039457584007913129639936e+77");
    assertThat(text(Decimals.power(two(), number(-2)))).isEqualTo("0.25");
    assertThatThrownBy(() -> Decimals.divide(two(), BigDecimal.ZERO)).hasMessageContaining("zero");
    assertThatThrownBy(() -> Decimals.power(two(), number(1 << 30)))
        .hasMessageContaining("10000 digits");
    assertThatThrownBy(() -> Decimals.power(two(), new BigDecimal("0.5")))
        .hasMessageContaining("no integer");
  }

  @Test
  void everyBaseAndBack() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      BigInteger integer = new BigInteger(random.nextInt(300), random);
      BigDecimal number = new BigDecimal(random.nextBoolean() ? integer : integer.negate());
      assertThat(Decimals.parse(Decimals.text(number)))
          .as("seed " + SEED)
          .isEqualByComparingTo(number);
      String hex = Decimals.text(number, 16);
      String prefixed = hex.startsWith("-") ? "-0x" + hex.substring(1) : "0x" + hex;
      assertThat(Decimals.parse(prefixed)).as("seed " + SEED).isEqualByComparingTo(number);
    }
    assertThatThrownBy(() -> Decimals.text(new BigDecimal("1.5"), 16))
        .hasMessageContaining("not an integer");
    assertThatThrownBy(() -> Decimals.text(BigDecimal.ONE, 37)).hasMessageContaining("base");
  }

  private static BigDecimal two() {
    return number(2);
  }

  private static BigDecimal number(long value) {
    return BigDecimal.valueOf(value);
  }

  private static String text(BigDecimal value) {
    return Decimals.text(value);
  }
}
