package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.CUSTODY_ADJUSTMENTS;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.policy.Approvals;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.db.schema.tables.records.CustodyAdjustmentsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Corrections that one person proposes and another one books: whose an unattributed deposit is, who
 * bears a credit that lost its coins, moves between suspense, house and customers. None can touch
 * the custody account by itself, so none can hide a break.
 */
public final class Adjustments implements OutboxListener {
  /** The engine's counterpart of what is owed; only deposits and payouts move it. */
  private static final long CUSTODY = 1;

  private final InstantSource clock;
  private final AuditPort audit;
  private final Approvals approvals;
  private final DepositDecisions deposits;

  public Adjustments(InstantSource clock, AuditPort audit, DepositDecisions deposits) {
    this.clock = clock;
    this.audit = audit;
    this.approvals = new Approvals(clock, audit);
    this.deposits = deposits;
  }

  /** What can be proposed. */
  public sealed interface Proposal {

    /** A deposit without an owner belongs to an account. */
    record Attribute(long depositId, long account) implements Proposal {}

    /** A credit without coins is taken back from an account: the customer's, house or suspense. */
    record WriteOff(long depositId, long from) implements Proposal {}

    /** An amount, in ledger units, from one account to another. */
    record Move(long from, long to, int asset, long amount) implements Proposal {}
  }

  /** Where one stands. */
  public enum State {
    PROPOSED,
    /** On its way to the ledger. */
    BOOKING,
    BOOKED,
    /** A person said no. */
    REJECTED,
    /** The ledger said no. */
    REFUSED
  }

  /** A proposal and what became of it. */
  public record Adjustment(
      long id,
      Proposal proposal,
      String reason,
      String proposedBy,
      Instant proposedAt,
      State state,
      @Nullable String decidedBy,
      @Nullable String note) {}

  /**
   * Writes a proposal.
   *
   * @throws PolicyException when it would move the custody account
   */
  public long propose(DSLContext t, String person, Proposal proposal, String reason) {
    CustodyAdjustmentsRecord row = t.newRecord(CUSTODY_ADJUSTMENTS);
    switch (proposal) {
      case Proposal.Attribute p -> {
        row.setKind("ATTRIBUTE");
        row.setDepositId(p.depositId());
        row.setToAccount(notCustody(p.account()));
      }
      case Proposal.WriteOff p -> {
        row.setKind("WRITE_OFF");
        row.setDepositId(p.depositId());
        row.setFromAccount(notCustody(p.from()));
      }
      case Proposal.Move p -> {
        row.setKind("MOVE");
        row.setFromAccount(notCustody(p.from()));
        row.setToAccount(notCustody(p.to()));
        row.setAsset(p.asset());
        row.setAmount(p.amount());
      }
    }
    row.setReason(reason);
    row.setProposedBy(person);
    row.setProposedAt(now());
    row.setState(State.PROPOSED.name());
    row.insert();
    log(t, person, "adjustment.proposed", row.getAdjustmentId(), proposal.toString());
    return row.getAdjustmentId();
  }

  private static long notCustody(long account) {
    if (account == CUSTODY || account <= 0) {
      throw new PolicyException("account " + account + " cannot be adjusted by hand");
    }
    return account;
  }

  /**
   * Books a proposal.
   *
   * @throws PolicyException when the person proposed it, or it does not wait
   */
  public void approve(DSLContext t, long id, Person person, String note) {
    CustodyAdjustmentsRecord row = proposed(t, id);
    approvals.say(t, subject(row), person, true, note);
    row.setDecidedBy(person.name());
    row.setDecidedAt(now());
    row.setState(State.BOOKED.name());
    switch (proposal(row)) {
      case Proposal.Attribute p -> deposits.attribute(t, p.depositId(), p.account());
      case Proposal.WriteOff p -> deposits.writeOff(t, p.depositId(), p.from());
      case Proposal.Move p -> {
        row.setState(State.BOOKING.name());
        Outbox.add(
            t,
            "adjustment|" + id,
            new LedgerCommand.Adjust(p.from(), p.to(), p.asset(), p.amount()),
            new Subject(Subject.Kind.ADJUSTMENT, id));
      }
    }
    row.update();
  }

  /** Says no; the proposer may, too. */
  public void reject(DSLContext t, long id, Person person, String note) {
    CustodyAdjustmentsRecord row = proposed(t, id);
    approvals.say(t, subject(row), person, false, note);
    row.setDecidedBy(person.name());
    row.setDecidedAt(now());
    row.setState(State.REJECTED.name());
    row.update();
  }

  @Override
  public void answered(DSLContext t, long id, LedgerCommand command, Answer answer) {
    t.update(CUSTODY_ADJUSTMENTS)
        .set(CUSTODY_ADJUSTMENTS.STATE, (answer.applied() ? State.BOOKED : State.REFUSED).name())
        .set(CUSTODY_ADJUSTMENTS.NOTE, answer.reason())
        .where(CUSTODY_ADJUSTMENTS.ADJUSTMENT_ID.eq(id))
        .and(CUSTODY_ADJUSTMENTS.STATE.eq(State.BOOKING.name()))
        .execute();
  }

  /** The newest ones first. */
  public static List<Adjustment> list(DSLContext t, int limit) {
    return t.selectFrom(CUSTODY_ADJUSTMENTS)
        .orderBy(CUSTODY_ADJUSTMENTS.ADJUSTMENT_ID.desc())
        .limit(limit)
        .fetch(row ->
            new Adjustment(
                row.getAdjustmentId(),
                proposal(row),
                row.getReason(),
                row.getProposedBy(),
                row.getProposedAt().toInstant(),
                State.valueOf(row.getState()),
                row.getDecidedBy(),
                row.getNote()));
  }

  private static CustodyAdjustmentsRecord proposed(DSLContext t, long id) {
    return t.selectFrom(CUSTODY_ADJUSTMENTS)
        .where(CUSTODY_ADJUSTMENTS.ADJUSTMENT_ID.eq(id))
        .and(CUSTODY_ADJUSTMENTS.STATE.eq(State.PROPOSED.name()))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new PolicyException("no adjustment " + id + " waits"));
  }

  private static org.fondaco.custody.policy.Subject subject(CustodyAdjustmentsRecord row) {
    return org.fondaco.custody.policy.Subject.proposal(
        org.fondaco.custody.policy.Subject.Kind.ADJUSTMENT,
        row.getAdjustmentId(),
        row.getProposedBy());
  }

  private static Proposal proposal(CustodyAdjustmentsRecord row) {
    return switch (row.getKind()) {
      case "ATTRIBUTE" -> new Proposal.Attribute(row.getDepositId(), row.getToAccount());
      case "WRITE_OFF" -> new Proposal.WriteOff(row.getDepositId(), row.getFromAccount());
      default ->
          new Proposal.Move(
              row.getFromAccount(), row.getToAccount(), row.getAsset(), row.getAmount());
    };
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void log(DSLContext t, String who, String action, long id, String what) {
    String detail =
        JsonNodeFactory.instance.objectNode().put("id", id).put("what", what).toString();
    audit.append(t, who, action, detail);
  }
}
