package org.fondaco.custody.withdrawal;

import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Candidate;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Stage;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** Steps that the policy and the ledger cause: W2, W3, Wi, W9, and the end of waiting. */
final class Admission {
  private final Map<Integer, Asset> assets;
  private final WithdrawalPolicy policy;
  private final AuditPort audit;
  private final InstantSource clock;

  Admission(
      Map<Integer, Asset> assets, WithdrawalPolicy policy, AuditPort audit, InstantSource clock) {
    this.assets = Map.copyOf(assets);
    this.policy = policy;
    this.audit = audit;
    this.clock = clock;
  }

  boolean step(DSLContext t) {
    CustodyWithdrawalsRecord row =
        t.selectFrom(CUSTODY_WITHDRAWALS)
            .where(CUSTODY_WITHDRAWALS.STATE.eq(WithdrawalState.RESERVED.name()))
            .or(
                CUSTODY_WITHDRAWALS
                    .STATE
                    .eq(WithdrawalState.APPROVED.name())
                    .and(CUSTODY_WITHDRAWALS.INTERNAL_ACCOUNT.isNotNull()))
            .or(
                CUSTODY_WITHDRAWALS
                    .STATE
                    .eq(WithdrawalState.AWAITING.name())
                    .and(CUSTODY_WITHDRAWALS.EXPIRES_AT.le(WithdrawalRows.time(clock.instant()))))
            .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID)
            .limit(1)
            .forUpdate()
            .skipLocked()
            .fetchOne();
    if (row == null) {
      return false;
    }
    switch (WithdrawalRows.state(row)) {
      case RESERVED -> decide(t, row);
      case APPROVED -> inside(t, row);
      default -> release(t, row, "nobody approved it in time");
    }
    return true;
  }

  private void decide(DSLContext t, CustodyWithdrawalsRecord row) {
    Decision decision = evaluate(t, row, Stage.HELD);
    switch (decision.verdict()) {
      case ALLOW ->
          WithdrawalRows.move(
              t, row, WithdrawalState.APPROVED, "allowed by the policy", clock.instant());
      case AWAIT -> awaits(t, row, decision);
      case DENY -> release(t, row, decision.reason());
    }
  }

  /** Asks the policy, and keeps what it said in the row and in the audit log. */
  Decision evaluate(DSLContext t, CustodyWithdrawalsRecord row, Stage stage) {
    Decision decision = policy.evaluate(t, candidate(row, stage));
    row.setPolicyVersion(decision.version());
    row.setPolicyTree(JSONB.valueOf(decision.tree()));
    row.update();
    audit.append(
        t,
        "custody",
        "withdrawal." + stage.name().toLowerCase(Locale.ROOT),
        "{\"withdrawal\":%d,\"verdict\":\"%s\",\"version\":%d,\"rules\":%s}"
            .formatted(
                row.getWithdrawalId(), decision.verdict(), decision.version(), decision.tree()));
    return decision;
  }

  void awaits(DSLContext t, CustodyWithdrawalsRecord row, Decision decision) {
    Instant expires = decision.expiresAt();
    row.setExpiresAt(expires == null ? null : WithdrawalRows.time(expires));
    WithdrawalRows.move(t, row, WithdrawalState.AWAITING, "waits for approval", clock.instant());
  }

  private Candidate candidate(CustodyWithdrawalsRecord row, Stage stage) {
    return new Candidate(
        stage,
        row.getWithdrawalId(),
        row.getAccount(),
        asset(row.getAsset()),
        row.getAddress(),
        HexFormat.of().formatHex(row.getScript()),
        row.getAmount(),
        row.getFee(),
        row.getInternalAccount(),
        row.getRequestedAt().toInstant());
  }

  Asset asset(int id) {
    Asset asset = assets.get(id);
    if (asset == null) {
      throw new IllegalStateException("asset " + id + " has left the settings");
    }
    return asset;
  }

  private void inside(DSLContext t, CustodyWithdrawalsRecord row) {
    WithdrawalRows.move(
        t, row, WithdrawalState.INTERNAL, "the payee is a customer of ours", clock.instant());
    send(
        t,
        row,
        "inside",
        new LedgerCommand.PostInside(
            row.getHoldId(),
            row.getAsset(),
            row.getAmount(),
            row.getFee(),
            row.getInternalAccount()));
  }

  /** Releases the funds of a locked row; no attempt to pay it can be mined any more. */
  void release(DSLContext t, CustodyWithdrawalsRecord row, String reason) {
    row.setReason(reason);
    row.setExpiresAt(null);
    row.setAttention(null);
    WithdrawalRows.move(t, row, WithdrawalState.VOIDING, reason, clock.instant());
    send(t, row, "void", new LedgerCommand.Void(row.getHoldId()));
  }

  /** Tells the ledger that it was paid. */
  void post(DSLContext t, CustodyWithdrawalsRecord row) {
    WithdrawalRows.move(t, row, WithdrawalState.POSTING, "paid", clock.instant());
    send(
        t,
        row,
        "post",
        new LedgerCommand.Post(row.getHoldId(), row.getAsset(), row.getAmount(), row.getFee()));
  }

  /** One last word a withdrawal: Post, PostInside and Void have the same business key. */
  private static void send(
      DSLContext t, CustodyWithdrawalsRecord row, String word, LedgerCommand command) {
    long id = row.getWithdrawalId();
    boolean first =
        Outbox.add(
            t, "withdrawal|" + id + "|close", command, new Subject(Subject.Kind.WITHDRAWAL, id));
    if (!first) {
      throw new IllegalStateException("withdrawal " + id + " was closed before this " + word);
    }
  }

  void answered(DSLContext t, long id, LedgerCommand command, Answer answer) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    switch (command) {
      case LedgerCommand.Reserve c -> reserved(t, row, answer);
      case LedgerCommand.Post c -> posted(t, row, answer);
      case LedgerCommand.PostInside c -> posted(t, row, answer);
      case LedgerCommand.Void c -> {
        if (answer.applied()) {
          WithdrawalRows.move(t, row, WithdrawalState.VOIDED, "released", clock.instant());
        } else {
          suspend(t, row, "Void", answer);
        }
      }
      case LedgerCommand.Credit c -> throw foreign(command);
      case LedgerCommand.Freeze c -> throw foreign(command);
      case LedgerCommand.Unfreeze c -> throw foreign(command);
      case LedgerCommand.Expense c -> throw foreign(command);
      case LedgerCommand.Adjust c -> throw foreign(command);
      case LedgerCommand.Mark c -> throw foreign(command);
    }
  }

  private static IllegalStateException foreign(LedgerCommand command) {
    return new IllegalStateException("no withdrawal sends " + command);
  }

  private void reserved(DSLContext t, CustodyWithdrawalsRecord row, Answer answer) {
    if (!answer.applied()) {
      row.setReason(answer.reason());
      WithdrawalRows.move(t, row, WithdrawalState.REFUSED, answer.reason(), clock.instant());
      return;
    }
    row.setHoldId(answer.holdId());
    WithdrawalRows.move(
        t, row, WithdrawalState.RESERVED, "hold " + answer.holdId(), clock.instant());
    if (row.getCancelWanted()) {
      release(t, row, "cancelled by customer");
    }
  }

  private void posted(DSLContext t, CustodyWithdrawalsRecord row, Answer answer) {
    if (!answer.applied()) {
      suspend(t, row, "Post", answer);
    } else if (row.getGroupId() == null || onChain(t, row.getGroupId())) {
      WithdrawalRows.move(t, row, WithdrawalState.DONE, "booked", clock.instant());
    } else {
      orphaned(t, row);
    }
  }

  private static boolean onChain(DSLContext t, long group) {
    return t.fetchExists(
        CUSTODY_GROUPS,
        CUSTODY_GROUPS.GROUP_ID.eq(group).and(CUSTODY_GROUPS.STATE.in("MINED", "PAID")));
  }

  /** W10: booked, and the payment is on no canonical block. */
  void orphaned(DSLContext t, CustodyWithdrawalsRecord row) {
    WithdrawalRows.move(
        t,
        row,
        WithdrawalState.DONE_ORPHANED,
        "a reorganisation took the payment off the chain",
        clock.instant());
    Breaks.open(
        t,
        row.getAsset(),
        Breaks.Cause.PAYOUT_ORPHANED,
        "withdrawal " + row.getWithdrawalId(),
        asset(row.getAsset()).atoms(row.getAmount()),
        "paid, booked, and off the chain; it is sent again",
        clock.instant());
  }

  /** The ledger rejected what it must accept: nothing more of this asset until people looked. */
  private void suspend(DSLContext t, CustodyWithdrawalsRecord row, String command, Answer answer) {
    String note = "the ledger rejected " + command + ": " + answer.reason();
    row.setAttention(note);
    row.update();
    WithdrawalRows.note(t, row.getWithdrawalId(), WithdrawalRows.state(row), note, clock.instant());
    Breaks.open(
        t,
        row.getAsset(),
        Breaks.Cause.PAYOUT_REJECTED,
        "withdrawal " + row.getWithdrawalId(),
        BigInteger.ZERO,
        note,
        clock.instant());
    Halts.asset(t, row.getAsset(), note, clock.instant());
  }
}
