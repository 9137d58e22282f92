package org.fondaco.custody.payout;

import org.jooq.DSLContext;

/** Who planned a group hears of it, in the transaction of the step. */
public interface GroupListener {

  /** An attempt is in a block of the canonical chain; {@code paid} is false for a self-spend. */
  void mined(DSLContext transaction, long groupId, String txid, boolean paid);

  /** That block has left the chain; the attempts are sent again. */
  void unmined(DSLContext transaction, long groupId);

  /**
   * The outcome is final. After a reorganisation deeper than the depth of finality it can come
   * again.
   */
  void finished(DSLContext transaction, long groupId, GroupOutcome outcome);
}
