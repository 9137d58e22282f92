package org.fondaco.chain.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {
  /** By hand from the yellow paper; of the transfers, what a warm one costs at least. */
  private static final Map<String, Integer> GAS =
      Map.of("loop", 26, "arithmetic", 58, "keccak", 78, "storage", 240, "transfers", 3_000);

  static List<Program> all() {
    return Program.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aProgramDoesWhatItIsAskedForAsOftenAsItIsAsked(Program program) {
    long once = program.run(1_000).gas();
    long twice = program.run(2_000).gas();
    long each = (twice - once) / 1_000;
    assertThat(each)
        .isBetween(GAS.getOrDefault(program.name(), -1).longValue(), (long) program.gasMax());
    assertThat(program.run(0x1_0000).megagas()).isPositive();
  }
}
