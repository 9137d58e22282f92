package org.fondaco.api.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so; the wall clock may also be set. */
public final class TestClock implements LimitClock {
  private final AtomicLong wall;
  private final AtomicLong elapsed = new AtomicLong();

  public TestClock(long wallMillis) {
    wall = new AtomicLong(wallMillis);
  }

  /** Time passes. */
  public void pass(long millis) {
    wall.addAndGet(millis);
    elapsed.addAndGet(millis);
  }

  /** Somebody sets the clock; no time passes. */
  public void set(long byMillis) {
    wall.addAndGet(byMillis);
  }

  @Override
  public long wallMillis() {
    return wall.get();
  }

  @Override
  public long elapsedMillis() {
    return elapsed.get();
  }
}
