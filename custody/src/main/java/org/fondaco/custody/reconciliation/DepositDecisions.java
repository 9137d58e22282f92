package org.fondaco.custody.reconciliation;

import org.fondaco.custody.deposit.Deposits;
import org.jooq.DSLContext;

/** What two people may decide on deposits; the deposits' package does it. */
public interface DepositDecisions {

  /** Says whose a deposit is: a customer, the house, or suspense. Throws when it does not wait. */
  void attribute(DSLContext transaction, long depositId, long account);

  /** Takes a credit without coins back from who bears it. Throws when there is no such credit. */
  void writeOff(DSLContext transaction, long depositId, long from);

  /** Those of the deposits themselves. */
  static DepositDecisions of(Deposits deposits) {
    return new DepositDecisions() {
      @Override
      public void attribute(DSLContext transaction, long depositId, long account) {
        deposits.attribute(transaction, depositId, account);
      }

      @Override
      public void writeOff(DSLContext transaction, long depositId, long from) {
        deposits.writeOff(transaction, depositId, from);
      }
    };
  }
}
