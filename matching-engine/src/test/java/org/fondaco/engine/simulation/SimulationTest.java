package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.RejectReason;
import org.junit.jupiter.api.Test;

/**
 * ENGINE.md's first and fifth test: naive against fast, whole event lists; live against restored.
 * The full run is {@code -Dfondaco.simulation.commands=5000000}, another world {@code
 * -Dfondaco.simulation.seed=…}.
 */
class SimulationTest {

  private static final long COMMANDS_DEFAULT = 300_000;

  /** Not the engine's to say, or never said by this one (docs/adr/0001). */
  private static final Set<RejectReason> UNREACHABLE =
      EnumSet.of(
          RejectReason.AMEND_NOT_SUPPORTED, RejectReason.CAPACITY, RejectReason.PERMISSION_DENIED);

  /** Written when a read model is primed, never by a command. */
  private static final Set<Class<?>> PRIMING =
      Set.of(
          EngineEvent.OrderState.class, EngineEvent.ListState.class, EngineEvent.SymbolState.class);

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
    if (commands >= COMMANDS_DEFAULT) {
      assertThat(simulation.reasons())
          .containsAll(EnumSet.complementOf(EnumSet.copyOf(UNREACHABLE)));
      assertThat(simulation.expiries())
          .containsAll(
              EnumSet.complementOf(EnumSet.of(ExpiryReason.NONE, ExpiryReason.QUOTE_SPENT)));
      Set<Class<?>> spoken = new HashSet<>(List.of(EngineEvent.class.getPermittedSubclasses()));
      spoken.removeAll(PRIMING);
      assertThat(simulation.kinds()).isEqualTo(spoken);
    }
  }
}
