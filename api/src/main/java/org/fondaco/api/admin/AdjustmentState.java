package org.fondaco.api.admin;

/** What became of a proposed adjustment. */
enum AdjustmentState {
  /** Waits for a second person. */
  PROPOSED,
  /** Nobody decided in time. */
  EXPIRED,
  /** Another administrator said no, or its proposer withdrew it. */
  REJECTED,
  /** Two persons agreed; it is on its way to the engine. */
  APPROVED,
  /** The engine has done it. */
  EXECUTED,
  /** Two persons agreed, and the engine would not do it. */
  REFUSED
}
