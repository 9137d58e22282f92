package org.fondaco.custody.outbox;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerConflict;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.db.schema.tables.records.CustodyOutboxRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The relay of source custody: gives commands their numbers in a transaction of its own, sends them
 * in order, and commits answers together with the steps that they cause. Whatever happens in
 * between, the same number goes out with the same command again, and the engine knows it.
 */
public final class Dispatcher {
  private static final int NUMBERED_AT_ONCE = 256;
  private static final int DIGEST_BYTES = 16;

  /** Less than the engine remembers: after a crash all of them are asked for again. */
  private static final int SENT_AT_ONCE = 64;

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

  /** A command that was sent, and what came back. */
  private record Sent(CustodyOutboxRecord row, LedgerCommand command, Answer answer) {}

  /**
   * Numbers what waits, sends the oldest commands that have no answer, one after the other, and
   * commits their answers together.
   *
   * @return false when nothing waits, or when the engine gave no answer
   */
  public boolean step() {
    List<CustodyOutboxRecord> waiting = transactions.result(Dispatcher::numbered);
    List<Sent> sent = new ArrayList<>();
    try {
      for (CustodyOutboxRecord next : waiting) {
        LedgerCommand command = OutboxRows.command(next);
        sent.add(new Sent(next, command, ledger.send(next.getN(), next.getCmdId(), command)));
      }
    } catch (LedgerUnavailable e) {
      // What was answered before is kept; the rest goes out again.
      return commit(sent) && !sent.isEmpty();
    } catch (LedgerConflict e) {
      commit(sent);
      throw e;
    }
    return commit(sent);
  }

  private boolean commit(List<Sent> sent) {
    if (sent.isEmpty()) {
      return false;
    }
    transactions.run(t -> {
      OutboxRows.answered(
          t,
          sent.stream().map(Sent::row).toList(),
          sent.stream().map(Sent::answer).toList(),
          clock.instant().atOffset(ZoneOffset.UTC));
      int from = 0;
      for (int i = 1; i <= sent.size(); i++) {
        // Each kind's answers in the order of their numbers, and the kinds, too.
        if (i == sent.size() || kind(sent.get(i)) != kind(sent.get(from))) {
          tell(t, kind(sent.get(from)), sent.subList(from, i));
          from = i;
        }
      }
    });
    return true;
  }

  private static Subject.Kind kind(Sent sent) {
    return Subject.Kind.valueOf(sent.row().getSubjectKind());
  }

  private void tell(DSLContext t, Subject.Kind kind, List<Sent> sent) {
    OutboxListener listener = listeners.get(kind);
    if (listener == null) {
      throw new IllegalStateException("nobody takes answers for " + kind);
    }
    listener.answered(
        t,
        sent.stream()
            .map(one ->
                new OutboxListener.Answered(one.row().getSubjectId(), one.command(), one.answer()))
            .toList());
  }

  /** The oldest numbered rows without an answer; numbers more first when there are none. */
  private static List<CustodyOutboxRecord> numbered(DSLContext t) {
    List<CustodyOutboxRecord> waiting = oldest(t);
    if (!waiting.isEmpty()) {
      return waiting;
    }
    List<Long> fresh =
        t.select(CUSTODY_OUTBOX.ID)
            .from(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.OUTCOME.isNull())
            .and(CUSTODY_OUTBOX.N.isNull())
            .orderBy(CUSTODY_OUTBOX.ID)
            .limit(NUMBERED_AT_ONCE)
            .forUpdate()
            .fetch(CUSTODY_OUTBOX.ID);
    if (fresh.isEmpty()) {
      return List.of();
    }
    Long last = t.select(DSL.max(CUSTODY_OUTBOX.N)).from(CUSTODY_OUTBOX).fetchOne(0, Long.class);
    OutboxRows.number(t, fresh, last == null ? 0 : last);
    // They are sent after this commit, so that a number that the engine has seen is never
    // forgotten.
    return oldest(t);
  }

  private static List<CustodyOutboxRecord> oldest(DSLContext t) {
    return t.selectFrom(CUSTODY_OUTBOX)
        .where(CUSTODY_OUTBOX.N.isNotNull())
        .and(CUSTODY_OUTBOX.OUTCOME.isNull())
        .orderBy(CUSTODY_OUTBOX.N)
        .limit(SENT_AT_ONCE)
        .fetch();
  }
}
