package org.fondaco.bench;

import org.fondaco.bench.report.Result;

/** One benchmark. */
interface Row {

  String name();

  /** One line for the list of rows. */
  String summary();

  /**
   * Measures and checks.
   *
   * @throws CheckFailed when the run did not do what it should have, so that its figure is void
   */
  Result run(Plan plan) throws Exception;

  /** A contender did something else than its peer or than the rules allow. */
  final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckFailed(String message) {
      super(message);
    }

    static void equal(String what, long expected, long actual) {
      if (expected != actual) {
        throw new CheckFailed(what + ": expected " + expected + ", was " + actual);
      }
    }

    static void that(boolean condition, String what) {
      if (!condition) {
        throw new CheckFailed(what);
      }
    }
  }
}
