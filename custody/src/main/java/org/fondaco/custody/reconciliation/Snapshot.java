package org.fondaco.custody.reconciliation;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Everything that a cut compares, read in one REPEATABLE READ transaction: the ledger's totals,
 * custody's rows and the cursors.
 */
record Snapshot(List<MarkedTotals.Totals> totals, Holdings holdings, TermsQuery terms) {

  /** Empty while the database has not followed the ledger to the Mark. */
  static Optional<Snapshot> read(DSLContext database, MarkedTotals marks, long cutId) {
    return database.transactionResult(configuration -> {
      DSLContext t = configuration.dsl();
      t.execute("set transaction isolation level repeatable read, read only");
      return marks
          .at(t, cutId)
          .map(totals -> new Snapshot(totals, Holdings.read(t), TermsQuery.read(t, lastN(totals))));
    });
  }

  private static long lastN(List<MarkedTotals.Totals> totals) {
    return totals.getFirst().lastN();
  }

  long custody(int asset) {
    return of(asset).map(MarkedTotals.Totals::custody).orElse(0L);
  }

  long customers(int asset) {
    return of(asset).map(MarkedTotals.Totals::customers).orElse(0L);
  }

  String difference(int asset) {
    return of(asset).map(MarkedTotals.Totals::difference).orElse("");
  }

  private Optional<MarkedTotals.Totals> of(int asset) {
    return totals.stream().filter(total -> total.asset() == asset).findFirst();
  }
}
