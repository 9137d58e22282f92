package org.fondaco.custody.outbox;

import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.jooq.DSLContext;

/** Takes the engine's answers to the commands of one kind of subject. */
public interface OutboxListener {

  /**
   * The step that an answer causes, in the transaction that notes the answer.
   *
   * @param subjectId as it was given to {@link Outbox#add}
   */
  void answered(DSLContext transaction, long subjectId, LedgerCommand command, Answer answer);
}
