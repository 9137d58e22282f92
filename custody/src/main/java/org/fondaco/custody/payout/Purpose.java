package org.fondaco.custody.payout;

/** What a group is for. */
public enum Purpose {
  /** Withdrawals. */
  PAY,
  /** A customer's address to the hot wallet. */
  SWEEP,
  /** Gas for a token sweep. */
  FUNDING,
  /** Many outputs of ours into one. */
  CONSOLIDATION,
  /** From tier to tier. */
  MOVEMENT,
  /** Spends the change of a group that is stuck, and pays for both. */
  CHILD
}
