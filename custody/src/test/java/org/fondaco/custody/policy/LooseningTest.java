package org.fondaco.custody.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One administrator, whatever he does for however long, against the real tables. */
class LooseningTest {

  @Test
  void noSequenceOfEditsByOnePersonPermitsMore() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      PolicyVenue venue = new PolicyVenue();
      venue.install(PolicyWriter.write(Documents.random(random)));
      long honest = honestDraft(venue, random);
      List<Facts> questions = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        questions.add(Documents.facts(random));
      }
      List<Boolean> before = answers(venue, questions);
      for (int step = 0; step < 25; step++) {
        attack(venue, honest, random);
        venue.passes(Duration.ofHours(random.nextInt(72)));
        List<Boolean> now = answers(venue, questions);
        for (int i = 0; i < now.size(); i++) {
          assertThat(now.get(i) && !before.get(i)).as("seed %d step %d", seed, step).isFalse();
        }
        before = now;
      }
    }
  }

  /** Somebody honest began a draft; the attacker may take it over. */
  private static long honestDraft(PolicyVenue venue, Random random) {
    String json = PolicyWriter.write(Documents.random(random));
    return venue.result(t -> venue.edition.draft(t, "anna", json));
  }

  private static void attack(PolicyVenue venue, long honest, Random random) {
    String json = PolicyWriter.write(Documents.random(random));
    try {
      switch (random.nextInt(4)) {
        case 0 ->
            venue.run(
                t -> venue.edition.publish(t, venue.edition.draft(t, "mallory", json), "mallory"));
        case 1 -> venue.run(t -> venue.edition.edit(t, honest, "mallory", json));
        case 2 -> venue.run(t -> venue.edition.publish(t, honest, "mallory"));
        default -> {
          long version = 1L + random.nextInt(10);
          venue.run(t -> venue.edition.confirm(t, version, "mallory"));
        }
      }
    } catch (PolicyException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  private static List<Boolean> answers(PolicyVenue venue, List<Facts> questions) {
    List<Version> versions = venue.result(venue.edition::inForce);
    return questions.stream()
        .map(facts ->
            versions.stream()
                .allMatch(version ->
                    Evaluation.of(version.document(), facts).permits(Set.copyOf(Documents.PEOPLE))))
        .toList();
  }
}
