package org.fondaco.api.identity;

import org.fondaco.api.error.Problem;
import org.fondaco.api.limit.LimitClock;
import org.fondaco.api.limit.Sharing;
import org.fondaco.api.limit.Throttle;

/**
 * Counts attempts to prove who one is, by account and by address, and refuses more than are likely
 * to be honest. An attempt is counted before it is checked, so that many at once do not slip
 * through, and given back when it was right. Thread-safe.
 */
final class Attempts {
  private static final long SECONDS = 15 * 60;

  private final Throttle accounts;
  private final Throttle addresses;

  Attempts(IdentitySettings settings, LimitClock clock, Sharing sharing) {
    accounts = new Throttle("account", settings.wrongPerAccount(), SECONDS, clock, sharing);
    addresses = new Throttle("address", settings.wrongPerAddress(), SECONDS, clock, sharing);
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
    Attempt attempt = new Attempt(account, network(address));
    long seconds =
        Math.max(addresses.attempt(attempt.address()), accounts.attempt(attempt.account()));
    if (seconds > 0) {
      throw Problem.TOO_MANY_ATTEMPTS.error().until(seconds).exception();
    }
    return attempt;
  }

  void giveBack(Attempt attempt) {
    accounts.forgive(attempt.account());
    addresses.forgive(attempt.address());
  }

  /** Who has one address of IPv6 has 2^64 of them. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < 5 || address.contains("::")
        ? address
        : String.join(":", groups[0], groups[1], groups[2], groups[3]);
  }
}
