package org.fondaco.custody.payout;

/** A plan cannot be carried out now; the transaction is rolled back. */
final class PlanFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Planned.Reason reason;

  PlanFailure(Planned.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Planned.Reason reason() {
    return reason;
  }
}
