package org.fondaco.custody.payout;

import java.util.function.ObjLongConsumer;
import org.jooq.DSLContext;

/** Plans groups; Payouts does, and whoever moves house money asks this. */
public interface GroupPlanner {

  /**
   * Asks the node for fees, then writes a group with its anchor and first unsigned attempt in one
   * transaction (G1).
   *
   * @param intent runs in that transaction with the group's id, after the group is written: the
   *     asker's own step, its policy's last word and its audit row. When it throws, nothing is
   *     written.
   * @throws org.fondaco.custody.chain.NodeUnavailable when there is no answer; nothing was written
   */
  Planned plan(GroupPlan plan, ObjLongConsumer<DSLContext> intent);
}
