package org.fondaco.custody.policy;

/** A policy, or a step of its edition, that is not acceptable; the message is for its author. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PolicyException(String message) {
    super(message);
  }

  static void unless(boolean condition, String message) {
    if (!condition) {
      throw new PolicyException(message);
    }
  }
}
