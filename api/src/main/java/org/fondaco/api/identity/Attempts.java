package org.fondaco.api.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.fondaco.api.error.Problem;

/**
 * Counts attempts to prove who one is, by account and by address, and refuses more than are likely
 * to be honest. An attempt is counted before it is checked, so that many at once do not slip
 * through, and given back when it was right. Thread-safe.
 */
final class Attempts {
  private static final long WINDOW_NANOS = 15 * 60 * 1_000_000_000L;
  private static final long SWEEP_NANOS = 60 * 1_000_000_000L;

  private final int perAccount;
  private final int perAddress;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private final AtomicLong swept = new AtomicLong(System.nanoTime());

  private record Count(long beganNanos, int attempts) {}

  /**
   * @param perAccount wrong attempts at an account in a quarter of an hour
   * @param perAddress wrong attempts from an address in that time
   */
  Attempts(int perAccount, int perAddress) {
    this.perAccount = perAccount;
    this.perAddress = perAddress;
  }

  /** One attempt, to be given back when it was right. */
  record Attempt(String account, String address) {}

  /**
   * Counts an attempt.
   *
   * @param account what is tried, for example an e-mail address in lower case
   * @throws org.fondaco.api.error.ApiException -8010 with the time to wait
   */
  Attempt take(String account, String address) {
    sweep();
    Attempt attempt = new Attempt("account " + account, "address " + address);
    long waitSeconds =
        Math.max(count(attempt.account(), perAccount), count(attempt.address(), perAddress));
    if (waitSeconds > 0) {
      throw Problem.TOO_MANY_ATTEMPTS.error().until(waitSeconds).exception();
    }
    return attempt;
  }

  void giveBack(Attempt attempt) {
    giveBack(attempt.account());
    giveBack(attempt.address());
  }

  /** Seconds to wait, 0 = go ahead. */
  private long count(String key, int limit) {
    long now = System.nanoTime();
    Count count =
        counts.compute(
            key,
            (_, present) ->
                present == null || now - present.beganNanos() >= WINDOW_NANOS
                    ? new Count(now, 1)
                    : new Count(present.beganNanos(), Math.min(present.attempts(), limit) + 1));
    if (count.attempts() <= limit) {
      return 0;
    }
    return 1 + (WINDOW_NANOS - (now - count.beganNanos())) / 1_000_000_000L;
  }

  private void giveBack(String key) {
    counts.computeIfPresent(
        key, (_, present) -> new Count(present.beganNanos(), Math.max(0, present.attempts() - 1)));
  }

  private void sweep() {
    long now = System.nanoTime();
    long last = swept.get();
    if (now - last > SWEEP_NANOS && swept.compareAndSet(last, now)) {
      counts.values().removeIf(count -> now - count.beganNanos() >= WINDOW_NANOS);
    }
  }
}
