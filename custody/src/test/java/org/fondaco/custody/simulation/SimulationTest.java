package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The seeded simulator of all of custody. More seeds: {@code -Dfondaco.seeds=300
 * -Dfondaco.seed=1000}; a shrunk list of actions: {@code -Dfondaco.shrink=true}.
 */
class SimulationTest {
  private static final System.Logger LOG = System.getLogger(SimulationTest.class.getName());
  private static final int ACTIONS = Integer.getInteger("fondaco.actions", 70);
  private static final int TAIL = 40;
  private static final int SHRINK_RUNS_MAX = 60;

  static LongStream seeds() {
    long first = Long.getLong("fondaco.seed", 1);
    return LongStream.range(first, first + Long.getLong("fondaco.seeds", 3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostOrPaidTwice(long seed) {
    Simulation.Plan plan = Simulation.Plan.of(seed, ACTIONS);
    Throwable failure = failure(plan);
    if (failure != null && Boolean.getBoolean("fondaco.shrink")) {
      Simulation.Plan small = shrunk(plan);
      failure = failure(small);
      throw new AssertionError("shrunk to " + small, failure);
    }
    assertThat(failure).as("seed " + seed).isNull();
  }

  private static @Nullable Throwable failure(Simulation.Plan plan) {
    Simulation simulation = new Simulation(plan);
    try (simulation) {
      LOG.log(Level.INFO, simulation.run());
      return null;
    } catch (AssertionError | RuntimeException e) {
      List<String> tail =
          simulation.log.subList(Math.max(0, simulation.log.size() - TAIL), simulation.log.size());
      String text = plan + "\n" + String.join("\n", tail) + "\n" + e.getMessage();
      LOG.log(Level.WARNING, text);
      return new AssertionError(text, e);
    }
  }

  /** Leaves out as many actions as it can while it still fails somehow. */
  private static Simulation.Plan shrunk(Simulation.Plan plan) {
    Simulation.Plan best = plan;
    int runs = 0;
    for (int chunk = Math.max(1, best.actions().size() / 2); chunk >= 1; chunk /= 2) {
      for (int at = 0; at < best.actions().size() && runs < SHRINK_RUNS_MAX; runs++) {
        List<Integer> fewer = new ArrayList<>(best.actions());
        fewer.subList(at, Math.min(fewer.size(), at + chunk)).clear();
        if (failure(best.only(fewer)) != null) {
          best = best.only(fewer);
        } else {
          at += chunk;
        }
      }
    }
    return best;
  }

  /**
   * Of one seed: dies before or after a commit that changes something, a signature, a send or a
   * command, at one of these points a run. {@code -Dfondaco.deaths=100000} takes all of them.
   */
  @Test
  void everyCommitMayBeTheLast() {
    long seed = Long.getLong("fondaco.seed", 5);
    Simulation.Plan plan = Simulation.Plan.of(seed, Math.min(ACTIONS, 30));
    List<Long> points = new ArrayList<>();
    try (Simulation simulation = new Simulation(plan.dyingAt(Long.MAX_VALUE))) {
      simulation.record(points);
      LOG.log(Level.INFO, simulation.run());
    }
    int step = Math.max(1, points.size() / Integer.getInteger("fondaco.deaths", 2));
    LOG.log(Level.INFO, "{0} points, every {1}th", points.size(), step);
    for (int i = step / 2; i < points.size(); i += step) {
      Throwable failure = failure(plan.dyingAt(points.get(i)));
      assertThat(failure).as("seed %d dying at %d", seed, points.get(i)).isNull();
    }
  }
}
