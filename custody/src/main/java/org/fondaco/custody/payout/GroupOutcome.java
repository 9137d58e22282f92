package org.fondaco.custody.payout;

/** How a group ended on the chain. */
public enum GroupOutcome {
  PAID,
  /** A self-spend was mined, or the anchor can never be spent; nobody was paid. */
  CANCELLED,
  /** Mined, and the call failed; nobody was paid. */
  REVERTED
}
