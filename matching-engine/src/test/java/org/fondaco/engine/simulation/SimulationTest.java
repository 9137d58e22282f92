package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * ENGINE.md's first and fifth test: naive against fast, whole event lists; live against restored.
 * The full run is {@code -Dfondaco.simulation.commands=5000000}, another world {@code
 * -Dfondaco.simulation.seed=…}.
 */
class SimulationTest {

  private static final long COMMANDS_DEFAULT = 300_000;

  @Test
  void fastEngineSaysWhatTheNaiveOneSays() {
    long commands = Long.getLong("fondaco.simulation.commands", COMMANDS_DEFAULT);
    long seed = Long.getLong("fondaco.simulation.seed", 1);
    Simulation simulation = new Simulation();
    long start = System.nanoTime();
    simulation.run(seed, commands);
    System.out.printf(
        "%,d commands from seed %d: %,d trades, %,d snapshots, %d s%n",
        simulation.commands(),
        seed,
        simulation.trades(),
        simulation.snapshots(),
        (System.nanoTime() - start) / 1_000_000_000);
    assertThat(simulation.commands()).isEqualTo(commands);
    assertThat(simulation.trades()).isGreaterThan(commands / 50);
    assertThat(simulation.snapshots()).isGreaterThan((int) (commands / 5_000));
  }
}
