package org.fondaco.api.torture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for something to be so, not for time to pass. */
final class Waiting {
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private Waiting() {}

  /** May fail while the thing waited for is not there yet. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * @throws Violation when it does not hold in time
   */
  static void until(String what, Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    @Nullable Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    String why = last == null ? "" : ": " + last;
    throw new Violation("not within " + limit + ": " + what + why, last);
  }
}
