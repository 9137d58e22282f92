package org.fondaco.custody.reconciliation;

import org.jooq.DSLContext;

/** What two people may decide on deposits; the deposits' package does it. */
public interface DepositDecisions {

  /** Says whose a deposit is: a customer, the house, or suspense. Throws when it does not wait. */
  void attribute(DSLContext transaction, long depositId, long account);

  /** Takes a credit without coins back from who bears it. Throws when there is no such credit. */
  void writeOff(DSLContext transaction, long depositId, long from);
}
