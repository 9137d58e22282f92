package org.fondaco.api.stream;

/** The unit that a client wants times in [web-socket-streams.md, parameter timeUnit]. */
enum Times {
  MILLISECONDS(1_000),
  MICROSECONDS(1);

  private final long micros;

  Times(long micros) {
    this.micros = micros;
  }

  /**
   * @param timeMicros microseconds since the epoch
   */
  long of(long timeMicros) {
    return timeMicros / micros;
  }
}
