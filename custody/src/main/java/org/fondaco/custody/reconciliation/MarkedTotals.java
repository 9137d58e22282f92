package org.fondaco.custody.reconciliation;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The ledger's totals at a Mark, once the database has followed it there. */
public interface MarkedTotals {

  /**
   * The totals, one an asset; empty until the projector's watermark has reached the Mark.
   *
   * @param transaction sees the projector's rows and custody's in one snapshot
   */
  Optional<List<Totals>> at(DSLContext transaction, long cutId);

  /**
   * Totals of an asset in ledger units.
   *
   * @param custody of the custody account: minus what is owed to customers, fees, suspense and the
   *     house together
   * @param customers free and held
   * @param lastN custody's last command in the totals, the Mark itself
   * @param difference what the database has otherwise than the ledger, empty when nothing
   */
  record Totals(int asset, long custody, long customers, long lastN, String difference) {}
}
