package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import org.fondaco.custody.chain.ChainName;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Deposits that were found by the balance of an account, without a transaction. */
public final class InvisibleDeposits {
  private InvisibleDeposits() {}

  /**
   * Forgets those of a chain, before its blocks are read again and may explain them.
   *
   * @throws DepositException when people have said whose one is: its coins are credited, and would
   *     be a second time when their transaction is found
   */
  public static void forget(DSLContext t, ChainName chain) {
    DepositRows.lock(t);
    Condition invisible =
        CUSTODY_DEPOSITS
            .CHAIN
            .eq(chain.name())
            .and(CUSTODY_DEPOSITS.POSITION.startsWith("balance:"));
    Long given =
        t.select(CUSTODY_DEPOSITS.DEPOSIT_ID)
            .from(CUSTODY_DEPOSITS)
            .where(invisible)
            .and(
                CUSTODY_DEPOSITS
                    .ATTRIBUTED
                    .isTrue()
                    .or(CUSTODY_DEPOSITS.CREDITED.ne(0L))
                    .or(CUSTODY_DEPOSITS.STATE.notIn("UNATTRIBUTED", "ORPHANED", "BELOW_MIN")))
            .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)
            .limit(1)
            .fetchOne(CUSTODY_DEPOSITS.DEPOSIT_ID);
    if (given != null) {
      throw new DepositException(
          "deposit %d was found by its balance and is somebody's already; reading again could credit it twice"
              .formatted(given));
    }
    t.deleteFrom(CUSTODY_DEPOSITS).where(invisible).execute();
  }
}
