package org.fondaco.custody.outbox;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.db.schema.tables.records.CustodyOutboxRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The relay of source custody: gives commands their numbers in a transaction of its own, sends them
 * in order, and commits each answer together with the step that it causes. Whatever happens in
 * between, the same number goes out with the same command again, and the engine knows it.
 */
public final class Dispatcher {
  private static final int NUMBERED_AT_ONCE = 256;
  private static final int DIGEST_BYTES = 16;

  private final Transactions transactions;
  private final LedgerPort ledger;
  private final Map<Subject.Kind, OutboxListener> listeners;
  private final InstantSource clock;

  public Dispatcher(
      Transactions transactions,
      LedgerPort ledger,
      Map<Subject.Kind, OutboxListener> listeners,
      InstantSource clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.listeners = Map.copyOf(listeners);
    this.clock = clock;
  }

  /** A database and an engine that do not tell the same story. */
  public static final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Contradiction(String message) {
      super(message);
    }
  }

  /**
   * Refuses a database that is older than the engine, or another's.
   *
   * @throws Contradiction with what does not fit
   */
  public void check(DSLContext database) {
    LedgerPort.Position position = ledger.position();
    CustodyOutboxRecord last =
        database
            .selectFrom(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.N.isNotNull())
            .orderBy(CUSTODY_OUTBOX.N.desc())
            .limit(1)
            .fetchOne();
    long numbered = last == null ? 0 : last.getN();
    if (position.lastN() > numbered) {
      throw new Contradiction(
          "the engine has applied custody's command %,d, the database ends at %,d: it is older than the engine"
              .formatted(position.lastN(), numbered));
    }
    Long answered =
        database
            .select(DSL.max(CUSTODY_OUTBOX.N))
            .from(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.OUTCOME.isNotNull())
            .fetchOne(0, Long.class);
    if (answered != null && answered > position.lastN()) {
      throw new Contradiction(
          "the database has the answer to custody's command %,d, the engine ends at %,d: it is older than the database"
              .formatted(answered, position.lastN()));
    }
    if (position.lastN() > 0) {
      byte[] id =
          database
              .select(CUSTODY_OUTBOX.CMD_ID)
              .from(CUSTODY_OUTBOX)
              .where(CUSTODY_OUTBOX.N.eq(position.lastN()))
              .fetchOne(CUSTODY_OUTBOX.CMD_ID);
      if (id == null || !Arrays.equals(Arrays.copyOf(id, DIGEST_BYTES), position.digest())) {
        throw new Contradiction(
            "custody's command %,d is another one in the engine than in the database"
                .formatted(position.lastN()));
      }
    }
  }

  /**
   * Numbers what waits and sends the oldest command that has no answer.
   *
   * @return false when nothing waits, or when the engine gave no answer
   */
  public boolean step() {
    CustodyOutboxRecord next = transactions.result(Dispatcher::numbered);
    if (next == null) {
      return false;
    }
    LedgerCommand command = OutboxRows.command(next);
    Answer answer;
    try {
      answer = ledger.send(next.getN(), next.getCmdId(), command);
    } catch (LedgerUnavailable e) {
      return false;
    }
    Subject.Kind kind = Subject.Kind.valueOf(next.getSubjectKind());
    OutboxListener listener = listeners.get(kind);
    if (listener == null) {
      throw new IllegalStateException("nobody takes answers for " + kind);
    }
    transactions.run(t -> {
      next.attach(t.configuration());
      next.setOutcome(answer.applied() ? "APPLIED" : "REJECTED");
      next.setReason(answer.reason());
      next.setResultHold(answer.holdId());
      next.setEngineSequence(answer.sequence());
      next.setAnsweredAt(clock.instant().atOffset(ZoneOffset.UTC));
      next.update();
      listener.answered(t, next.getSubjectId(), command, answer);
    });
    return true;
  }

  /** The oldest numbered row without an answer; numbers more first when there is none. */
  private static @Nullable CustodyOutboxRecord numbered(DSLContext t) {
    CustodyOutboxRecord waiting = oldest(t);
    if (waiting != null) {
      return waiting;
    }
    List<Long> fresh =
        t.select(CUSTODY_OUTBOX.ID)
            .from(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.N.isNull())
            .orderBy(CUSTODY_OUTBOX.ID)
            .limit(NUMBERED_AT_ONCE)
            .forUpdate()
            .fetch(CUSTODY_OUTBOX.ID);
    if (fresh.isEmpty()) {
      return null;
    }
    Long last = t.select(DSL.max(CUSTODY_OUTBOX.N)).from(CUSTODY_OUTBOX).fetchOne(0, Long.class);
    long n = last == null ? 0 : last;
    for (Long id : fresh) {
      t.update(CUSTODY_OUTBOX).set(CUSTODY_OUTBOX.N, ++n).where(CUSTODY_OUTBOX.ID.eq(id)).execute();
    }
    // It is sent after this commit, so that a number that the engine has seen is never forgotten.
    return oldest(t);
  }

  private static @Nullable CustodyOutboxRecord oldest(DSLContext t) {
    return t.selectFrom(CUSTODY_OUTBOX)
        .where(CUSTODY_OUTBOX.N.isNotNull())
        .and(CUSTODY_OUTBOX.OUTCOME.isNull())
        .orderBy(CUSTODY_OUTBOX.N)
        .limit(1)
        .fetchOne();
  }
}
