package org.fondaco.custody.outbox;

/**
 * Whose step a command is.
 *
 * @param id of the kind's row
 */
public record Subject(Kind kind, long id) {

  /** Tables that wait for answers. */
  public enum Kind {
    DEPOSIT,
    WITHDRAWAL,
    PAYOUT,
    CUT,
    ADJUSTMENT
  }
}
