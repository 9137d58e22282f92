package org.fondaco.engine.host;

/** The clocks of the host; tests turn their own. */
public interface TimeSource {

  /** Wall clock in microseconds since the Unix epoch. */
  long wallMicros();

  /** A clock that never jumps, nanoseconds from an arbitrary origin. */
  long monotonicNanos();

  /** The clocks of this machine. */
  static TimeSource system() {
    return new SystemTime();
  }
}
