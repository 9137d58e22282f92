package org.fondaco.api.venue;

import static org.fondaco.db.schema.Tables.VENUE_COMMANDS;

import java.time.OffsetDateTime;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** The outbox of venue control. Callers take turns. */
final class VenueCommands {
  private static final int COMMAND_BYTES_MAX = 16 * 256;
  private static final CommandHeader UNSTAMPED = new CommandHeader(0, 0, 0, 0, 0);

  private final DSLContext database;
  private final CommandCodec codec = new CommandCodec();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[COMMAND_BYTES_MAX]);

  VenueCommands(DSLContext database) {
    this.database = database;
  }

  /** A command and its number. */
  record Numbered(long n, Command command) {}

  /** Writes the step's rows, audit row and outbox row in one transaction. */
  Numbered record(String actor, VenueStep step) {
    return database.transactionResult(configuration -> {
      DSLContext transaction = configuration.dsl();
      Command command = step.decide(transaction);
      int length = codec.encode(UNSTAMPED, command, buffer, 0);
      byte[] encoded = new byte[length];
      buffer.getBytes(0, encoded);
      JsonWriter detail = new JsonWriter(256).beginObject();
      detail.field("command", command.getClass().getSimpleName());
      detail.field("detail", command.toString());
      detail.endObject();
      // Holds off other appenders until the commit, so that numbers have no gaps.
      AuditLog.append(transaction, actor, "venue.control", JSONB.valueOf(detail.toString()));
      Long last =
          transaction.select(DSL.max(VENUE_COMMANDS.N)).from(VENUE_COMMANDS).fetchSingle().value1();
      long next = last == null ? 1 : last + 1;
      transaction
          .insertInto(VENUE_COMMANDS)
          .set(VENUE_COMMANDS.N, next)
          .set(VENUE_COMMANDS.ACTOR, actor)
          .set(VENUE_COMMANDS.COMMAND, encoded)
          .execute();
      step.recorded(transaction, next);
      return new Numbered(next, command);
    });
  }

  /** What was sent, or was about to be, and has no outcome yet; in order. */
  List<Numbered> unanswered() {
    return database
        .selectFrom(VENUE_COMMANDS)
        .where(VENUE_COMMANDS.OUTCOME.isNull())
        .orderBy(VENUE_COMMANDS.N)
        .fetch(
            row -> new Numbered(row.getN(), codec.decode(new UnsafeBuffer(row.getCommand()), 0)));
  }

  /** Notes the engine's answer. */
  void answer(long n, EngineEvent.SourceOutcome outcome) {
    database
        .update(VENUE_COMMANDS)
        .set(VENUE_COMMANDS.OUTCOME, outcome.outcome().name())
        .set(VENUE_COMMANDS.REASON, outcome.reason().name())
        .set(VENUE_COMMANDS.ANSWERED_AT, OffsetDateTime.now())
        .where(VENUE_COMMANDS.N.eq(n))
        .execute();
  }
}
