package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.junit.jupiter.api.Test;

/**
 * ENGINE.md, first of the ten tests: the naive engine against the fast one, whole event lists.
 * {@code -Dfondaco.seeds=N}, {@code -Dfondaco.firstSeed=S} and {@code -Dfondaco.commands=N}
 * lengthen the run.
 */
class EngineDifferentialTest {

  private static final int SEEDS = Integer.getInteger("fondaco.seeds", 10);
  private static final int FIRST_SEED = Integer.getInteger("fondaco.firstSeed", 1);
  private static final int COMMANDS = Integer.getInteger("fondaco.commands", 5_000);

  @Test
  void bothSayTheSame() {
    Differential differential =
        new Differential(
            NaiveSubject::new, () -> new MachineSubject(new Engine(EngineSizing.small())));
    int events = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      events += run(differential, seed);
    }
    assertThat(events).isGreaterThan(SEEDS * COMMANDS);
  }

  private static int run(Differential differential, int seed) {
    CommandGenerator generator = new CommandGenerator(seed);
    NaiveSubject naive = new NaiveSubject();
    MachineSubject fast = new MachineSubject(new Engine(EngineSizing.small()));
    List<Step> steps = new ArrayList<>();
    int events = 0;
    for (int i = 0; i < COMMANDS; i++) {
      Step step = generator.next();
      steps.add(step);
      Differential.Answer one = Differential.Answer.of(naive, step);
      Differential.Answer two = Differential.Answer.of(fast, step);
      if (one.error() != null || two.error() != null || !one.events().equals(two.events())) {
        throw differential.report(
            seed, steps, new Differential.Difference(i, one.text(two), two.text(one)));
      }
      generator.observe(one.events());
      events += one.events().size();
    }
    return events;
  }
}
