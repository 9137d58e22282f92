package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.LEDGER_MARKS;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fondaco.db.schema.tables.records.LedgerMarksRecord;
import org.jooq.DSLContext;

/** Totals from the table that the projector fills in the transaction of its watermark. */
public final class LedgerMarks implements MarkedTotals {

  @Override
  public Optional<List<Totals>> at(DSLContext transaction, long cutId) {
    List<Totals> totals =
        transaction
            .selectFrom(LEDGER_MARKS)
            .where(LEDGER_MARKS.CUT_ID.eq(cutId))
            .orderBy(LEDGER_MARKS.ASSET_ID)
            .fetch(row ->
                new Totals(
                    row.getAssetId(),
                    row.getCustody(),
                    Math.addExact(row.getCustomersFree(), row.getCustomersHeld()),
                    row.getCustodyLastN(),
                    difference(row)));
    return totals.isEmpty() ? Optional.empty() : Optional.of(totals);
  }

  private static String difference(LedgerMarksRecord row) {
    List<String> differences = new ArrayList<>();
    if (row.getProjectedSum().signum() != 0) {
      differences.add("balances sum to " + row.getProjectedSum().toPlainString());
    }
    if (!row.getCustody().equals(row.getProjectedCustody())) {
      differences.add("custody " + row.getCustody() + " is " + row.getProjectedCustody());
    }
    compare(differences, "free", row.getCustomersFree(), row.getProjectedCustomersFree());
    compare(differences, "held", row.getCustomersHeld(), row.getProjectedCustomersHeld());
    if (differences.isEmpty() && !Arrays.equals(row.getEngineHash(), row.getProjectedHash())) {
      differences.add("the hash over all accounts differs");
    }
    return String.join("; ", differences);
  }

  private static void compare(
      List<String> differences, String what, long ledger, BigDecimal projected) {
    if (projected.compareTo(BigDecimal.valueOf(ledger)) != 0) {
      differences.add("customers' " + what + " " + ledger + " is " + projected.toPlainString());
    }
  }
}
