package org.fondaco.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.fondaco.api.error.ApiException;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Map<String, String> NO_PATH = Map.of();

  @Test
  void decodesQueryAndBody() {
    Parameters parameters = Parameters.parse(NO_PATH, "a=1&b=x%20y%C3%A9+z&&c", "d=%5B%22A%22%5D");
    assertThat(parameters.count()).isEqualTo(4);
    assertThat(parameters.text("a")).isEqualTo("1");
    assertThat(parameters.text("b")).isEqualTo("x yé z");
    assertThat(parameters.text("d")).isEqualTo("[\"A\"]");
    assertThat(parameters.text("e")).isNull();
    assertRefused(() -> parameters.text("c"), -1105, "Parameter 'c' was empty.");
  }

  @Test
  void prefersTheQueryString() {
    Parameters parameters = Parameters.parse(NO_PATH, "a=1", "a=2&b=3");
    assertThat(parameters.text("a")).isEqualTo("1");
    assertThat(parameters.count()).isEqualTo(2);
  }

  @Test
  void refusesRepetitionInEither() {
    String message = "Duplicate values for a parameter detected.";
    assertRefused(() -> Parameters.parse(NO_PATH, "a=1&a=1", ""), -1101, message);
    assertRefused(() -> Parameters.parse(NO_PATH, "", "a=1&a=2"), -1101, message);
  }

  @Test
  void refusesBrokenEncoding() {
    String message = "Illegal characters found in a parameter.";
    assertRefused(() -> Parameters.parse(NO_PATH, "a=%4", ""), -1100, message);
    assertRefused(() -> Parameters.parse(NO_PATH, "a=%zz", ""), -1100, message);
    assertRefused(() -> Parameters.parse(NO_PATH, "a=1%", ""), -1100, message);
  }

  @Test
  void refusesMoreThanAHundred() {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      query.append("p").append(i).append("=1&");
    }
    assertRefused(
        () -> Parameters.parse(NO_PATH, query.toString(), ""),
        -1101,
        "Too many parameters; expected '100' and received '101'.");
  }

  static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.error().code()).isEqualTo(code);
              assertThat(e.error().message()).isEqualTo(message);
            });
  }
}
