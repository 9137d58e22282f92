package org.fondaco.custody.policy;

import java.time.Duration;

/** Over what a limit adds up; windows slide. */
public enum Window {
  /** One withdrawal. */
  ONCE(Duration.ZERO),
  /** 24 hours. */
  DAY(Duration.ofHours(24)),
  /** 30 times 24 hours. */
  MONTH(Duration.ofDays(30));

  private final Duration length;

  Window(Duration length) {
    this.length = length;
  }

  Duration length() {
    return length;
  }
}
