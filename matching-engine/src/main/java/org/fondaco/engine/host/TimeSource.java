package org.fondaco.engine.host;

import java.time.Instant;

/** The clocks of the host; tests turn their own. */
public interface TimeSource {

  /** Wall clock in microseconds since the Unix epoch. */
  long wallMicros();

  /** A clock that never jumps, nanoseconds from an arbitrary origin. */
  long monotonicNanos();

  /** The clocks of this machine. */
  static TimeSource system() {
    return new TimeSource() {
      @Override
      public long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
      }

      @Override
      public long monotonicNanos() {
        return System.nanoTime();
      }
    };
  }
}
