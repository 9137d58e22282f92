package org.fondaco.api.wsapi;

import java.time.Instant;

/** The wall clock. */
final class Times {

  private Times() {}

  /** Microseconds since the epoch. */
  static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
