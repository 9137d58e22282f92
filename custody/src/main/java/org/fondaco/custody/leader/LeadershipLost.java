package org.fondaco.custody.leader;

/** Another process leads custody now; this one must stop its part. */
public final class LeadershipLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LeadershipLost(String message) {
    super(message);
  }
}
