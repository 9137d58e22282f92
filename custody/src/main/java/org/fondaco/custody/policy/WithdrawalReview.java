package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Candidate;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Stage;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;

/** W4: what people say to withdrawals, and what waits for them or for the end of a halt. */
public final class WithdrawalReview {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Policy policy;
  private final Approvals approvals;
  private final Withdrawals withdrawals;
  private final Map<Integer, Asset> assets;
  private final AuditPort audit;
  private final InstantSource clock;
  private Instant notBefore = Instant.MIN;

  public WithdrawalReview(
      Transactions transactions,
      Policy policy,
      Withdrawals withdrawals,
      Map<Integer, Asset> assets,
      AuditPort audit,
      InstantSource clock) {
    this.transactions = transactions;
    this.policy = policy;
    this.approvals = new Approvals(clock, audit);
    this.withdrawals = withdrawals;
    this.assets = Map.copyOf(assets);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A person approves or rejects. A rejection counts until the signature, whatever others said.
   *
   * @throws PolicyException when he initiated it, has said the opposite, or it is too late
   */
  public void say(long withdrawalId, Person person, boolean approves, String note) {
    transactions.run(t -> {
      CustodyWithdrawalsRecord row =
          t.selectFrom(CUSTODY_WITHDRAWALS)
              .where(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(withdrawalId))
              .forUpdate()
              .fetchOptional()
              .orElseThrow(() -> new PolicyException("there is no withdrawal " + withdrawalId));
      boolean open = List.of("RESERVED", "AWAITING", "APPROVED").contains(row.getState());
      PolicyException.unless(open, "withdrawal " + withdrawalId + " is " + row.getState());
      Policy.lock(t);
      approvals.say(t, Subject.withdrawal(withdrawalId, row.getAccount()), person, approves, note);
      if (row.getState().equals("AWAITING")) {
        settle(t, row);
      }
    });
  }

  /** Looks again at all that waits, at most once a second; true = something waits no longer. */
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(notBefore)) {
      return false;
    }
    notBefore = now.plus(PAUSE);
    return transactions.result(t -> {
      boolean moved = false;
      for (CustodyWithdrawalsRecord row :
          t.selectFrom(CUSTODY_WITHDRAWALS)
              .where(CUSTODY_WITHDRAWALS.STATE.eq("AWAITING"))
              .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID)
              .forUpdate()
              .skipLocked()) {
        moved |= settle(t, row);
      }
      return moved;
    });
  }

  private boolean settle(DSLContext t, CustodyWithdrawalsRecord row) {
    Asset asset = Objects.requireNonNull(assets.get(row.getAsset()));
    Decision decision =
        policy.evaluate(
            t,
            new Candidate(
                Stage.SIGNING,
                row.getWithdrawalId(),
                row.getAccount(),
                asset,
                row.getAddress(),
                HexFormat.of().formatHex(row.getScript()),
                row.getAmount(),
                row.getFee(),
                row.getInternalAccount(),
                row.getRequestedAt().toInstant()));
    if (decision.verdict() == Verdict.AWAIT) {
      return false;
    }
    audit.append(t, "custody", "withdrawal.review", decision.tree());
    if (decision.verdict() == Verdict.ALLOW) {
      withdrawals.approve(t, row.getWithdrawalId(), "approved");
    } else {
      withdrawals.reject(t, row.getWithdrawalId(), decision.reason());
    }
    return true;
  }
}
