package org.fondaco.custody.deposit;

/** Where a deposit stands; the numbers are those of CUSTODY_FLOWS.md, section 2. */
public enum DepositState {
  /** D1: on the canonical chain, not deep enough. */
  SEEN,
  /** D1b: too little to be credited, ever; counted. */
  BELOW_MIN,
  /**
   * D2: on no canonical block, and nothing was credited for it, or another deposit stands for it.
   */
  ORPHANED,
  /** D4: its credit is written for the ledger. Without a block: D6, the answer is awaited. */
  CONFIRMED,
  /** D5: the ledger has credited it. */
  CREDITED,
  /** D5: the ledger refused. */
  SUSPENSE,
  /** D7: credited, and its coins are not there, or not deep enough again. */
  CREDITED_ORPHANED,
  /** D9: two people took the credit back. */
  WRITTEN_OFF,
  /** D10: deeper than any reorganisation that is taken. */
  FINAL,
  /** Nobody's until two people say whose. */
  UNATTRIBUTED
}
