package org.fondaco.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  private final Repetitions repetitions = new Repetitions(START);

  @Test
  void aRequestIsFirstOnce() {
    assertThat(repetitions.first(1, 2, START)).isTrue();
    assertThat(repetitions.first(1, 2, START + SECOND)).isFalse();
    assertThat(repetitions.first(2, 1, START + SECOND)).isTrue();
  }

  /** Longer than a request can be valid: 60 s of window and 1 s of a clock that is ahead. */
  @Test
  void isRememberedAsLongAsItsSignatureIsValid() {
    assertThat(repetitions.first(1, 2, START)).isTrue();
    assertThat(repetitions.first(3, 4, START + 61 * SECOND)).isTrue();
    assertThat(repetitions.first(1, 2, START + 61 * SECOND)).isFalse();
    assertThat(repetitions.first(5, 6, START + 63 * SECOND)).isTrue();
    assertThat(repetitions.first(1, 2, START + 63 * SECOND)).isTrue();
  }

  @Test
  void whatAnotherRunMayHaveTakenIsOld() {
    assertThat(repetitions.olderThanThisRun(START)).isTrue();
    assertThat(repetitions.olderThanThisRun(START + SECOND - 1)).isTrue();
    assertThat(repetitions.olderThanThisRun(START + SECOND)).isFalse();
  }
}
