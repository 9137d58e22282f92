package org.fondaco.custody.outbox;

import java.util.List;
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

  /** An answer, and whose step it is. */
  record Answered(long subjectId, LedgerCommand command, Answer answer) {}

  /** Answers to commands that were sent one after the other, in that order. */
  default void answered(DSLContext transaction, List<Answered> all) {
    all.forEach(one -> answered(transaction, one.subjectId(), one.command(), one.answer()));
  }
}
