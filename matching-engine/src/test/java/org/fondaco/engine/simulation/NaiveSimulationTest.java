package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.RejectReason;
import org.junit.jupiter.api.Test;

/** The naive engine alone: its invariants under chaos, and that the chaos reaches everything. */
class NaiveSimulationTest {

  private static final int EPISODES = 3;
  private static final int COMMANDS = 10_000;

  @Test
  void invariantsHoldAndEverythingHappens() {
    Map<RejectReason, Integer> reasons = new EnumMap<>(RejectReason.class);
    Map<String, Integer> kinds = new TreeMap<>();
    for (int seed = 1; seed <= EPISODES; seed++) {
      CommandGenerator generator = new CommandGenerator(seed);
      NaiveSubject naive = new NaiveSubject();
      EventChecker checker = new EventChecker();
      for (int i = 0; i < COMMANDS; i++) {
        var events = naive.apply(generator.next());
        generator.observe(events);
        checker.check(events);
        for (EngineEvent event : events) {
          kinds.merge(kind(event), 1, Integer::sum);
          if (event instanceof EngineEvent.CommandDone done) {
            reasons.merge(done.reason(), 1, Integer::sum);
          }
        }
      }
    }
    System.out.println(kinds);
    System.out.println(reasons);
    assertThat(reasons.get(RejectReason.NONE)).isGreaterThan(EPISODES * COMMANDS / 4);
  }

  private static String kind(EngineEvent event) {
    String name = event.getClass().getSimpleName();
    return switch (event) {
      case EngineEvent.Expired e -> name + " " + e.reason() + " " + e.status();
      case EngineEvent.PreventedMatch e -> name + " " + e.mode();
      case EngineEvent.HoldClosed e -> name + " " + e.reason();
      case EngineEvent.SourceOutcome e -> name + " " + e.outcome();
      default -> name;
    };
  }
}
