package org.fondaco.custody;

import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.util.Map;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.OutboxListener;
import org.jooq.DSLContext;

/** Answers to payouts' commands go to the payouts of the group's chain. */
record PayoutAnswers(Map<ChainName, CustodyChain> chains) implements OutboxListener {
  @Override
  public void answered(DSLContext t, long groupId, LedgerCommand command, Answer answer) {
    String chain =
        t.select(CUSTODY_GROUPS.CHAIN)
            .from(CUSTODY_GROUPS)
            .where(CUSTODY_GROUPS.GROUP_ID.eq(groupId))
            .fetchSingle()
            .value1();
    CustodyChain found = chains.get(ChainName.valueOf(chain));
    if (found == null) {
      throw new IllegalStateException("group " + groupId + " is of " + chain + ", which is gone");
    }
    found.payouts().answered(t, groupId, command, answer);
  }
}
