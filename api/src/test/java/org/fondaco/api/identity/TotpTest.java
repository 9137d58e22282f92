package org.fondaco.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the vectors of RFC 4226 appendix D, RFC 6238 appendix B and RFC 4648 §10. */
class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Test
  void codesOfTheStandards() {
    String[] counters = {
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489"
    };
    for (int i = 0; i < counters.length; i++) {
      assertThat(Totp.code(SECRET, i)).isEqualTo(counters[i]);
    }
    // The standard has eight digits; these are the last six.
    Map.of(
            59L, "287082",
            1_111_111_109L, "081804",
            1_111_111_111L, "050471",
            1_234_567_890L, "005924",
            2_000_000_000L, "279037",
            20_000_000_000L, "353130")
        .forEach((seconds, code) -> assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code));
  }

  @Test
  void aStepBesideIsTakenAndASpentOneIsNot() {
    long now = 1_234_567_890L;
    long step = now / 30;
    for (int beside = -1; beside <= 1; beside++) {
      assertThat(Totp.step(SECRET, Totp.code(SECRET, step + beside), now, 0))
          .isEqualTo(step + beside);
    }
    assertThat(Totp.step(SECRET, Totp.code(SECRET, step + 2), now, 0)).isEqualTo(-1);
    assertThat(Totp.step(SECRET, Totp.code(SECRET, step - 2), now, 0)).isEqualTo(-1);
    assertThat(Totp.step(SECRET, Totp.code(SECRET, step), now, step)).isEqualTo(-1);
    assertThat(Totp.step(SECRET, "", now, 0)).isEqualTo(-1);
  }

  @Test
  void base32() {
    Map.of(
            "",
            "",
            "f",
            "MY",
            "fo",
            "MZXQ",
            "foo",
            "MZXW6",
            "foob",
            "MZXW6YQ",
            "fooba",
            "MZXW6YTB",
            "foobar",
            "MZXW6YTBOI")
        .forEach((plain, encoded) ->
            assertThat(Totp.base32(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded));
  }
}
