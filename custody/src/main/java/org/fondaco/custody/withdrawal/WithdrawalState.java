package org.fondaco.custody.withdrawal;

/** Where a withdrawal stands; the numbers are those of docs/custody.md, section 3. */
public enum WithdrawalState {
  /** W1: written, the funds are not held yet. */
  REQUESTED,
  /** W2: funds are held. */
  RESERVED,
  /** W2: the ledger refused to hold them. Final. */
  REFUSED,
  /** W3: people have to approve. */
  AWAITING,
  /** W3, W4: may be paid. */
  APPROVED,
  /** W6: part of a payout group; only an operator can try to cancel now. */
  ASSIGNED,
  /** W7: in a block. */
  MINED,
  /** W7: deep enough. */
  FINAL,
  /** W8: the ledger is told that it was paid. */
  POSTING,
  /** W9: paid. */
  DONE,
  /** W10: paid, and a reorganisation took the payment off the chain; it is sent again. */
  DONE_ORPHANED,
  /** W3, W4, W5, W8: the ledger is told to release the funds. */
  VOIDING,
  /** W9: released. Final. */
  VOIDED,
  /** Wi: the payee is a customer of ours; the ledger moves it. */
  INTERNAL
}
