package org.fondaco.api.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in where. Thread-safe. Every method is refused with -8016 when the sessions cannot
 * be reached.
 */
public interface Sessions {

  /** Name of the session's attribute that says whose it is: the user's id as text. */
  String USER = "user";

  /** Name of the attribute with the network address that signed in. */
  String ADDRESS = "address";

  /** Name of the attribute with what the browser called itself. */
  String AGENT = "agent";

  /**
   * A session.
   *
   * @param name public name, no secret
   * @param beganMicros microseconds since the epoch
   * @param usedMicros when the last request came
   */
  record Summary(String name, long beganMicros, long usedMicros, String address, String agent) {}

  /** A user's sessions, oldest first. */
  List<Summary> of(long userId);

  /**
   * Ends a session of this user at once.
   *
   * @return false when the user has none of this name
   */
  boolean end(long userId, String name);

  /**
   * Ends all sessions of a user, except one.
   *
   * @param except public name of the one that stays, null = none
   * @return how many were ended
   */
  int endAll(long userId, @Nullable String except);
}
