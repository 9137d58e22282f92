package org.fondaco.engine.host;

import java.time.Instant;

/**
 * The clocks of this machine. Between looks at the wall clock, which allocates and costs twice as
 * much, time goes on by the monotonic one. Thread-safe; racing looks are equally good.
 */
final class SystemTime implements TimeSource {

  private static final long LOOK_NANOS = 50_000_000L;

  private volatile long lookNanos;
  private volatile long wallMinusMonotonicMicros;

  SystemTime() {
    look(System.nanoTime());
  }

  @Override
  public long wallMicros() {
    long now = System.nanoTime();
    if (now - lookNanos > LOOK_NANOS) {
      look(now);
    }
    return wallMinusMonotonicMicros + now / 1_000;
  }

  private void look(long nanos) {
    Instant now = Instant.now();
    long wall = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    wallMinusMonotonicMicros = wall - nanos / 1_000;
    lookNanos = nanos;
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
