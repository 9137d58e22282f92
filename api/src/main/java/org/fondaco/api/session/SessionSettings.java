package org.fondaco.api.session;

import java.time.Duration;

/**
 * How long somebody stays signed in.
 *
 * @param idle a session ends when it was not used for so long
 * @param longest a session ends so long after it began, used or not
 */
public record SessionSettings(Duration idle, Duration longest) {

  /** Half an hour, and a day. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(24));
}
