package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.ADJUSTMENTS;
import static org.fondaco.db.schema.Tables.USERS;
import static org.fondaco.db.schema.Tables.VENUE_COMMANDS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.error.Problem;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.api.venue.VenueStep;
import org.fondaco.db.schema.tables.Users;
import org.fondaco.db.schema.tables.records.AdjustmentsRecord;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Outcome;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Adjustments on their way from one person to another and to the engine. An approval is committed
 * together with its command, and the command's outcome is the adjustment's: there is no instant at
 * which a crash could execute it twice or lose it.
 */
final class Adjustments {
  private static final Users PROPOSER = USERS.as("proposer");
  private static final Users DECIDER = USERS.as("decider");

  private final DSLContext database;
  private final VenueControl control;
  private final Clock clock;

  Adjustments(DSLContext database, VenueControl control, Clock clock) {
    this.database = database;
    this.control = control;
    this.clock = clock;
  }

  /**
   * What is proposed.
   *
   * @param amount ledger units, below zero takes away
   */
  record Proposal(long account, int asset, long amount, String reason) {}

  /** Writes a proposal, which waits for a second person as long as {@code approval}. */
  Adjustment propose(User by, Proposal proposal, Duration approval) {
    Instant now = now();
    long id =
        database.transactionResult(configuration -> {
          AdjustmentsRecord row = configuration.dsl().newRecord(ADJUSTMENTS);
          row.setAccountId(proposal.account());
          row.setAssetId(proposal.asset());
          row.setAmount(proposal.amount());
          row.setReason(proposal.reason());
          row.setProposedBy(by.userId());
          row.setProposedAt(at(now));
          row.setExpiresAt(at(now.plus(approval)));
          row.store();
          audit(configuration.dsl(), by, "adjustment.proposed", row);
          return row.getAdjustmentId();
        });
    return find(id);
  }

  /**
   * Approves a proposal and has the engine execute it; returns when the engine has answered.
   *
   * @throws org.fondaco.api.error.ApiException when there is none, it is decided, it has expired,
   *     or the person has proposed it
   */
  Adjustment approve(long id, User by) {
    control.execute(
        by.name(),
        new VenueStep() {
          @Override
          public Command decide(DSLContext transaction) {
            AdjustmentsRecord row = undecided(transaction, id);
            if (row.getProposedBy() == by.userId()) {
              throw Problem.OWN_PROPOSAL.exception();
            }
            if (!now().isBefore(row.getExpiresAt().toInstant())) {
              throw Problem.EXPIRED.exception();
            }
            audit(transaction, by, "adjustment.approved", row);
            return VenueControl.testFunds(row.getAccountId(), row.getAssetId(), row.getAmount());
          }

          @Override
          public void recorded(DSLContext transaction, long n) {
            transaction
                .update(ADJUSTMENTS)
                .set(ADJUSTMENTS.DECISION, "APPROVED")
                .set(ADJUSTMENTS.DECIDED_BY, by.userId())
                .set(ADJUSTMENTS.DECIDED_AT, at(now()))
                .set(ADJUSTMENTS.COMMAND_N, n)
                .where(ADJUSTMENTS.ADJUSTMENT_ID.eq(id))
                .execute();
          }
        });
    return find(id);
  }

  /**
   * Rejects a proposal; its proposer may, too.
   *
   * @throws org.fondaco.api.error.ApiException when there is none or it is decided
   */
  Adjustment reject(long id, User by) {
    database.transaction(configuration -> {
      AdjustmentsRecord row = undecided(configuration.dsl(), id);
      row.setDecision("REJECTED");
      row.setDecidedBy(by.userId());
      row.setDecidedAt(at(now()));
      row.store();
      audit(configuration.dsl(), by, "adjustment.rejected", row);
    });
    return find(id);
  }

  /**
   * @throws org.fondaco.api.error.ApiException -8011 when there is none
   */
  Adjustment find(long id) {
    return select(ADJUSTMENTS.ADJUSTMENT_ID.eq(id), 1).stream()
        .findFirst()
        .orElseThrow(Problem.NOT_FOUND::exception);
  }

  /**
   * Ascending by id.
   *
   * @param state null = all
   */
  List<Adjustment> from(long id, @Nullable AdjustmentState state, int limit) {
    Condition where = ADJUSTMENTS.ADJUSTMENT_ID.ge(id);
    return select(state == null ? where : where.and(is(state)), limit);
  }

  private List<Adjustment> select(Condition where, int limit) {
    return database
        .select(ADJUSTMENTS.fields())
        .select(PROPOSER.NAME, DECIDER.NAME, VENUE_COMMANDS.OUTCOME, VENUE_COMMANDS.REASON)
        .from(ADJUSTMENTS)
        .join(PROPOSER)
        .on(PROPOSER.USER_ID.eq(ADJUSTMENTS.PROPOSED_BY))
        .leftJoin(DECIDER)
        .on(DECIDER.USER_ID.eq(ADJUSTMENTS.DECIDED_BY))
        .leftJoin(VENUE_COMMANDS)
        .on(VENUE_COMMANDS.N.eq(ADJUSTMENTS.COMMAND_N))
        .where(where)
        .orderBy(ADJUSTMENTS.ADJUSTMENT_ID)
        .limit(limit)
        .fetch(this::adjustment);
  }

  private Adjustment adjustment(Record row) {
    AdjustmentsRecord own = row.into(ADJUSTMENTS);
    String decidedBy = row.get(DECIDER.NAME);
    String refusal = row.get(VENUE_COMMANDS.REASON);
    OffsetDateTime decidedAt = own.getDecidedAt();
    AdjustmentState state = state(own, row.get(VENUE_COMMANDS.OUTCOME));
    return new Adjustment(
        own.getAdjustmentId(),
        state,
        own.getAccountId(),
        own.getAssetId(),
        own.getAmount(),
        own.getReason(),
        row.get(PROPOSER.NAME),
        micros(own.getProposedAt()),
        micros(own.getExpiresAt()),
        decidedBy == null ? "" : decidedBy,
        decidedAt == null ? 0 : micros(decidedAt),
        state == AdjustmentState.REFUSED && refusal != null ? refusal : "");
  }

  private AdjustmentState state(AdjustmentsRecord row, @Nullable String outcome) {
    String decision = row.getDecision();
    if (decision == null) {
      return now().isBefore(row.getExpiresAt().toInstant())
          ? AdjustmentState.PROPOSED
          : AdjustmentState.EXPIRED;
    }
    if (decision.equals("REJECTED")) {
      return AdjustmentState.REJECTED;
    }
    if (outcome == null) {
      return AdjustmentState.APPROVED;
    }
    return outcome.equals(Outcome.APPLIED.name())
        ? AdjustmentState.EXECUTED
        : AdjustmentState.REFUSED;
  }

  private Condition is(AdjustmentState state) {
    Condition undecided = ADJUSTMENTS.DECISION.isNull();
    Condition approved = ADJUSTMENTS.DECISION.eq("APPROVED");
    return switch (state) {
      case PROPOSED -> undecided.and(ADJUSTMENTS.EXPIRES_AT.gt(at(now())));
      case EXPIRED -> undecided.and(ADJUSTMENTS.EXPIRES_AT.le(at(now())));
      case REJECTED -> ADJUSTMENTS.DECISION.eq("REJECTED");
      case APPROVED -> approved.and(VENUE_COMMANDS.OUTCOME.isNull());
      case EXECUTED -> approved.and(VENUE_COMMANDS.OUTCOME.eq(Outcome.APPLIED.name()));
      case REFUSED -> approved.and(VENUE_COMMANDS.OUTCOME.ne(Outcome.APPLIED.name()));
    };
  }

  private static AdjustmentsRecord undecided(DSLContext transaction, long id) {
    AdjustmentsRecord row =
        transaction
            .selectFrom(ADJUSTMENTS)
            .where(ADJUSTMENTS.ADJUSTMENT_ID.eq(id))
            .forUpdate()
            .fetchOne();
    if (row == null) {
      throw Problem.NOT_FOUND.exception();
    }
    if (row.getDecision() != null) {
      throw Problem.CONFLICT.error("It is decided: " + row.getDecision() + ".").exception();
    }
    return row;
  }

  private static void audit(DSLContext transaction, User by, String action, AdjustmentsRecord row) {
    JsonWriter detail =
        new JsonWriter(256)
            .beginObject()
            .field("id", row.getAdjustmentId())
            .field("account", row.getAccountId())
            .field("assetId", row.getAssetId())
            .field("units", row.getAmount())
            .field("reason", row.getReason())
            .endObject();
    AuditLog.append(transaction, by.name(), action, JSONB.valueOf(detail.toString()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static long micros(OffsetDateTime at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant());
  }
}
