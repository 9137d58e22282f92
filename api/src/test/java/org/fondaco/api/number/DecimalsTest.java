package org.fondaco.api.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fondaco.api.error.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "0,8,0",
    "1,8,100000000",
    "0.1,8,10000000",
    "00.10,8,10000000",
    "0.00000001,8,1",
    "92233720368.54775807,8,9223372036854775807",
    "9223372036854775807,0,9223372036854775807",
    "1.5000000000,8,150000000",
    "12345678901.2345678901,10,-1",
    "1,10,10000000000",
    "5000.346,3,5000346",
  })
  void readsAmounts(String text, int scale, long units) {
    if (units < 0) {
      assertRefused(text, scale, -1108);
    } else {
      assertThat(Decimals.units("quantity", text, scale)).isEqualTo(units);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1,-1100",
    "+1,-1100",
    "1e3,-1100",
    "1E-3,-1100",
    "NaN,-1100",
    "Infinity,-1100",
    "0x10,-1100",
    ".5,-1100",
    "5.,-1100",
    "1.2.3,-1100",
    "' 1',-1100",
    "'1,5',-1100",
    "١,-1100",
    "'',-1100",
    "1234567890123456789012345678901234567890,-1100",
    "0.000000000000000000001,-1100",
    "0.000000001,-1111",
    "1.123456789,-1111",
    "92233720368.54775808,-1108",
    "99999999999999999999,-1108",
  })
  void refusesWhatBinanceRefuses(String text, int code) {
    assertRefused(text, 8, code);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "9223372036854775807,9223372036854775807", "007,7"})
  void readsWholeNumbers(String text, long value) {
    assertThat(Decimals.whole("orderId", text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"1.0,-1100", "-1,-1100", "9223372036854775808,-1108", "123456789012345678901,-1100"})
  void refusesOtherWholeNumbers(String text, int code) {
    assertThatThrownBy(() -> Decimals.whole("orderId", text))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.error().code()).isEqualTo(code));
  }

  private static void assertRefused(String text, int scale, int code) {
    assertThatThrownBy(() -> Decimals.units("quantity", text, scale))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.error().code()).isEqualTo(code));
  }
}
