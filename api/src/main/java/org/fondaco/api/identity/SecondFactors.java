package org.fondaco.api.identity;

import org.fondaco.api.http.Call;

/** Second factors of those who have set one up. */
final class SecondFactors {

  /** Whether a second factor was proven; false = the user has none. */
  boolean require(User user, Call call, Attempts.Attempt attempt) {
    return false;
  }
}
