package org.fondaco.custody.withdrawal;

import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.withdrawal.RequestCheck.Checked;
import org.fondaco.custody.withdrawal.WithdrawalException.Reason;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Withdrawals: requests, cancels, the policy's decision and the ledger's answers. Paying is the
 * matter of {@code payout}, through {@link WithdrawalPayments}. Thread-safe; {@link #step} belongs
 * to one thread.
 */
public final class Withdrawals implements OutboxListener {
  private static final Duration POLL = Duration.ofMillis(4);
  private static final int DECIDED_AT_ONCE = 16;

  private final Transactions transactions;
  private final InstantSource clock;
  private final RequestCheck check;
  private final Admission admission;

  /**
   * Makes the door.
   *
   * @param assets that can be withdrawn, by the engine's id
   * @param hasCode true for an account, 20 bytes in hexadecimal, that is a contract
   */
  public Withdrawals(
      Transactions transactions,
      InstantSource clock,
      Map<Integer, Asset> assets,
      Destinations destinations,
      WithdrawalTerms terms,
      Predicate<String> hasCode,
      WithdrawalPolicy policy,
      AuditPort audit) {
    this.transactions = transactions;
    this.clock = clock;
    this.check = new RequestCheck(assets, destinations, terms, hasCode);
    this.admission = new Admission(assets, policy, audit, clock);
  }

  /** What a withdrawal of the asset costs now, in ledger units. */
  public WithdrawalTerms.Terms quote(int asset) {
    return check.terms(check.asset(asset));
  }

  /**
   * Takes a request (W1). The same order id with the same content gives the row that is there.
   *
   * @throws WithdrawalException with the precise reason; nothing was written
   */
  public Withdrawal request(WithdrawalRequest request) {
    RequestCheck.orderId(request.orderId());
    Checked checked = check.check(request);
    String orderId = request.orderId() == null ? UUID.randomUUID().toString() : request.orderId();
    Withdrawal before =
        transactions.result(t -> repeated(t, request.account(), orderId, checked).orElse(null));
    if (before != null) {
      return before;
    }
    check.admit(checked);
    return transactions.result(t -> written(t, request.account(), orderId, checked));
  }

  private Withdrawal written(DSLContext t, long account, String orderId, Checked checked) {
    Asset asset = checked.asset();
    RequestCheck.running(t, asset);
    Long insider = RequestCheck.insider(t, account, checked);
    long fee = insider == null ? checked.terms().fee() : 0;
    long held;
    try {
      held = Math.addExact(checked.amount(), fee);
    } catch (ArithmeticException e) {
      throw new WithdrawalException(Reason.TOO_LARGE, "the amount is too large");
    }
    Instant now = clock.instant();
    CustodyWithdrawalsRecord row =
        t.insertInto(CUSTODY_WITHDRAWALS)
            .set(CUSTODY_WITHDRAWALS.ACCOUNT, account)
            .set(CUSTODY_WITHDRAWALS.WITHDRAW_ORDER_ID, orderId)
            .set(CUSTODY_WITHDRAWALS.ASSET, asset.id())
            .set(CUSTODY_WITHDRAWALS.CHAIN, asset.chain().name())
            .set(CUSTODY_WITHDRAWALS.ADDRESS, checked.destination().address())
            .set(CUSTODY_WITHDRAWALS.SCRIPT, checked.destination().script())
            .set(CUSTODY_WITHDRAWALS.AMOUNT, checked.amount())
            .set(CUSTODY_WITHDRAWALS.FEE, fee)
            .set(CUSTODY_WITHDRAWALS.STATE, WithdrawalState.REQUESTED.name())
            .set(CUSTODY_WITHDRAWALS.INTERNAL_ACCOUNT, insider)
            .set(CUSTODY_WITHDRAWALS.REQUESTED_AT, WithdrawalRows.time(now))
            .set(CUSTODY_WITHDRAWALS.CHANGED_AT, WithdrawalRows.time(now))
            .onConflict(CUSTODY_WITHDRAWALS.ACCOUNT, CUSTODY_WITHDRAWALS.WITHDRAW_ORDER_ID)
            .doNothing()
            .returning()
            .fetchOne();
    if (row == null) {
      // Another request with the same order id was faster; its row is committed.
      return repeated(t, account, orderId, checked).orElseThrow();
    }
    long id = row.getWithdrawalId();
    WithdrawalRows.note(t, id, WithdrawalState.REQUESTED, "requested", now);
    Outbox.add(
        t,
        "withdrawal|" + id + "|reserve",
        new LedgerCommand.Reserve(account, asset.id(), held),
        new Subject(Subject.Kind.WITHDRAWAL, id));
    return WithdrawalRows.view(row);
  }

  private static Optional<Withdrawal> repeated(
      DSLContext t, long account, String orderId, Checked checked) {
    CustodyWithdrawalsRecord row =
        t.selectFrom(CUSTODY_WITHDRAWALS)
            .where(CUSTODY_WITHDRAWALS.ACCOUNT.eq(account))
            .and(CUSTODY_WITHDRAWALS.WITHDRAW_ORDER_ID.eq(orderId))
            .fetchOne();
    if (row == null) {
      return Optional.empty();
    }
    if (row.getAsset() != checked.asset().id()
        || row.getAmount() != checked.amount()
        || !Arrays.equals(row.getScript(), checked.destination().script())) {
      throw new WithdrawalException(
          Reason.ORDER_ID_USED, "withdrawOrderId " + orderId + " is another withdrawal's");
    }
    return Optional.of(WithdrawalRows.view(row));
  }

  /** Waits until the ledger has held or refused the funds, or the time is over. */
  public Withdrawal await(long id, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Withdrawal now = byId(id);
    while (now.state() == WithdrawalState.REQUESTED && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
      now = byId(id);
    }
    return now;
  }

  private Withdrawal byId(long id) {
    CustodyWithdrawalsRecord row =
        transactions.result(
            t -> t.fetchOne(CUSTODY_WITHDRAWALS, CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(id)));
    return WithdrawalRows.view(present(row, id));
  }

  private static CustodyWithdrawalsRecord present(@Nullable CustodyWithdrawalsRecord row, long id) {
    if (row == null) {
      throw new WithdrawalException(Reason.UNKNOWN_WITHDRAWAL, "no withdrawal " + id);
    }
    return row;
  }

  /**
   * Cancels for the customer (W5). Before the funds are held it is remembered.
   *
   * @throws WithdrawalException when it is not his, or is being paid already
   */
  public Withdrawal cancel(long account, long id) {
    return transactions.result(t -> {
      CustodyWithdrawalsRecord row = present(WithdrawalRows.lock(t, id), id);
      if (row.getAccount() != account) {
        throw new WithdrawalException(Reason.UNKNOWN_WITHDRAWAL, "no withdrawal " + id);
      }
      switch (WithdrawalRows.state(row)) {
        case REQUESTED -> {
          row.setCancelWanted(true);
          row.update();
          WithdrawalRows.note(
              t, id, WithdrawalState.REQUESTED, "cancel asked for", clock.instant());
        }
        case RESERVED, AWAITING, APPROVED -> admission.release(t, row, "cancelled by customer");
        case VOIDING, VOIDED, REFUSED -> {}
        case ASSIGNED, MINED, FINAL, POSTING, DONE, DONE_ORPHANED, INTERNAL ->
            throw new WithdrawalException(
                Reason.WRONG_STATE, "it is being paid already and cannot be cancelled");
      }
      return WithdrawalRows.view(row);
    });
  }

  /**
   * The quorum is complete (W4); the caller's transaction has its audit row.
   *
   * @throws WithdrawalException when it does not wait for approval any more
   */
  public void approve(DSLContext t, long id, String memo) {
    CustodyWithdrawalsRecord row = awaiting(t, id);
    row.setExpiresAt(null);
    WithdrawalRows.move(t, row, WithdrawalState.APPROVED, memo, clock.instant());
  }

  /**
   * People say no (W4).
   *
   * @param reason for the customer
   * @throws WithdrawalException when it does not wait for approval any more
   */
  public void reject(DSLContext t, long id, String reason) {
    admission.release(t, awaiting(t, id), reason);
  }

  private static CustodyWithdrawalsRecord awaiting(DSLContext t, long id) {
    CustodyWithdrawalsRecord row = present(WithdrawalRows.lock(t, id), id);
    if (WithdrawalRows.state(row) != WithdrawalState.AWAITING) {
      throw new WithdrawalException(
          Reason.WRONG_STATE, "withdrawal " + id + " is " + row.getState());
    }
    return row;
  }

  /** Decides on withdrawals whose funds are held, or moves them inside; true = did something. */
  public boolean step() {
    return transactions.result(t -> {
      int decided = 0;
      while (decided < DECIDED_AT_ONCE && admission.step(t)) {
        decided++;
      }
      return decided > 0;
    });
  }

  @Override
  public void answered(DSLContext t, long subjectId, LedgerCommand command, Answer answer) {
    admission.answered(t, subjectId, command, answer);
  }

  /** The payout's side of the same rows. */
  public WithdrawalPayments payments() {
    return new WithdrawalPayments(admission, clock);
  }
}
