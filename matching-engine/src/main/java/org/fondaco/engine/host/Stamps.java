package org.fondaco.engine.host;

/**
 * Time stamps for commands. A wall clock that moved more than an hour further than the monotonic
 * clock since the previous look is not believed (docs/adr/0001, One hour ahead). Thread-safe;
 * racing looks may only make the check more frequent.
 */
final class Stamps {

  static final long REFUSED = Long.MIN_VALUE;

  private static final long HOUR_MICROS = 3_600_000_000L;

  /** The monotonic clock is asked only when this much wall time went by: it costs as much again. */
  private static final long LOOK_MICROS = 1_000_000;

  private final TimeSource clock;
  private volatile Look last;

  private record Look(long wallMicros, long monotonicMicros) {}

  Stamps(TimeSource clock) {
    this.clock = clock;
    this.last = look();
  }

  /** The present time in microseconds, or {@link #REFUSED}. */
  long next() {
    long now = clock.wallMicros();
    Look previous = last;
    if (now - previous.wallMicros() < LOOK_MICROS && now >= previous.wallMicros()) {
      return now;
    }
    Look present = look();
    long ahead =
        (present.wallMicros() - previous.wallMicros())
            - (present.monotonicMicros() - previous.monotonicMicros());
    if (ahead > HOUR_MICROS) {
      return REFUSED;
    }
    last = present;
    return present.wallMicros();
  }

  private Look look() {
    return new Look(clock.wallMicros(), clock.monotonicNanos() / 1_000);
  }
}
