package org.fondaco.api.limit;

/**
 * So many attempts in an interval for each key, for example logins by user name. Shared between
 * processes as all limits are. Thread-safe.
 */
public final class Throttle {
  private final int attempts;
  private final Window<String> window;

  /**
   * @param name names it among the throttles of the venue, for example {@code login}
   * @param attempts allowed in an interval
   * @param seconds length of the interval
   */
  public Throttle(String name, int attempts, long seconds, LimitClock clock, Sharing sharing) {
    this.attempts = attempts;
    this.window = new Window<>("throttle-" + name, seconds, clock, sharing);
  }

  /**
   * Counts an attempt.
   *
   * @return 0 when it may be made, else the seconds until one may
   */
  public long attempt(String key) {
    return window.counter(key).add(1) <= attempts ? 0 : window.secondsLeft();
  }

  /** Takes one attempt off again, after it turned out to be legitimate. */
  public void forgive(String key) {
    window.counter(key).subtract(1);
  }
}
