package org.fondaco.custody.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The order of policies: a policy is the set of (withdrawal, approvers) that it permits; it is
 * tighter than another when that set is a subset. The sets in force are intersected.
 */
class VersionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whatOnePersonPublishesOnlyEverTightens() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Version> versions = new ArrayList<>(List.of(version(1, 0, 0L, random)));
      Facts facts = Documents.facts(random);
      Set<String> people = Documents.people(random);
      boolean before = permitted(versions, 0, facts, people);
      long hour = 0;
      for (int i = 2; i < 12; i++) {
        hour += random.nextInt(60);
        versions.add(version(i, hour, null, random));
        boolean now = permitted(versions, hour + random.nextInt(100), facts, people);
        assertThat(now && !before).as("seed %d", seed).isFalse();
        before = now;
      }
    }
  }

  @Test
  void whatIsPermittedWasAgreedTwoDaysAgoAndIsPermittedByEverythingSince() {
    int permitted = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      List<Version> versions = new ArrayList<>(List.of(version(1, -100, -100L, random)));
      long hour = 0;
      for (int i = 2; i < 8; i++) {
        hour += random.nextInt(40);
        Long confirmed = random.nextInt(3) == 0 ? null : hour + random.nextInt(5);
        versions.add(version(i, hour, confirmed, random));
        hour += 5;
      }
      Facts facts = Documents.facts(random);
      Set<String> people = Documents.people(random);
      long now = random.nextLong(hour + 100);
      List<Version> known = new ArrayList<>();
      for (Version version : versions) {
        if (!version.publishedAt().isAfter(at(now))) {
          known.add(version);
        }
      }
      if (permitted(known, now, facts, people)) {
        permitted++;
        // Whatever was the agreed policy at any hour of the last 48 says yes.
        for (long then = now - 47; then <= now; then++) {
          Version agreed = agreed(known, then);
          assertThat(permits(agreed, facts, people)).as("seed %d hour %d", seed, then).isTrue();
        }
        assertThat(permits(known.getLast(), facts, people)).as("seed %d", seed).isTrue();
      }
    }
    assertThat(permitted).isGreaterThan(200);
  }

  @Test
  void aConfirmedDocumentIsAloneAfterTwoDaysToTheHour() {
    Random random = new Random(1);
    List<Version> versions =
        List.of(
            version(1, 0, 0L, random), version(2, 10, null, random), version(3, 20, 21L, random));
    assertThat(numbers(versions, 68)).containsExactly(1L, 2L, 3L);
    assertThat(numbers(versions, 69)).containsExactly(3L);
  }

  private static List<Long> numbers(List<Version> versions, long hour) {
    return Version.inForce(versions, at(hour)).stream().map(Version::number).toList();
  }

  private static Version agreed(List<Version> versions, long hour) {
    Version agreed = versions.getFirst();
    for (Version version : versions) {
      Instant confirmed = version.confirmedAt();
      if (confirmed != null && !confirmed.isAfter(at(hour))) {
        agreed = version;
      }
    }
    return agreed;
  }

  private static boolean permitted(
      List<Version> versions, long hour, Facts facts, Set<String> people) {
    return Version.inForce(versions, at(hour)).stream()
        .allMatch(version -> permits(version, facts, people));
  }

  private static boolean permits(Version version, Facts facts, Set<String> people) {
    return Evaluation.of(version.document(), facts).permits(people);
  }

  private static Version version(
      int number, long hour, @Nullable Long confirmedHour, Random random) {
    return new Version(
        number,
        Documents.random(random),
        "anna",
        at(hour),
        confirmedHour == null ? null : "bob",
        confirmedHour == null ? null : at(confirmedHour));
  }

  private static Instant at(long hour) {
    return START.plus(Duration.ofHours(hour));
  }
}
