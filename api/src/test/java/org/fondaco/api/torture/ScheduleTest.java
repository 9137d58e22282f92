package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A seed is worth something only if it kills the same again. */
class ScheduleTest {

  @Test
  void theSameSeedKillsTheSameAndAnotherDoesNot() {
    assertThat(kills(7, 50)).isEqualTo(kills(7, 50)).isNotEqualTo(kills(8, 50));
  }

  @Test
  void everyTwentyKillsTakeEverybodyAloneAndTogether() {
    for (long seed = 0; seed < 20; seed++) {
      List<Schedule.Kill> kills = kills(seed, 40);
      for (List<Schedule.Kill> twenty : List.of(kills.subList(0, 20), kills.subList(20, 40))) {
        for (Victim victim : Victim.values()) {
          assertThat(twenty)
              .anyMatch(kill -> kill.hits(victim) && kill.victims().size() == 1)
              .anyMatch(kill -> kill.hits(victim) && kill.victims().size() > 1);
        }
        assertThat(twenty).filteredOn(kill -> kill.hits(Victim.EXCHANGE)).hasSize(4);
        assertThat(twenty).filteredOn(Schedule.Kill::check).hasSize(4);
      }
      assertThat(kills).extracting(Schedule.Kill::number).startsWith(1, 2, 3).endsWith(40);
    }
  }

  private static List<Schedule.Kill> kills(long seed, int count) {
    Schedule schedule = new Schedule(seed);
    return IntStream.range(0, count).mapToObj(_ -> schedule.next()).toList();
  }
}
