package org.fondaco.custody.withdrawal;

import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWAL_STEPS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Rows of withdrawals, and the memo of every state that they pass. */
final class WithdrawalRows {
  private WithdrawalRows() {}

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Locks a row, so that cancel, policy and payout see each other. */
  static @Nullable CustodyWithdrawalsRecord lock(DSLContext t, long id) {
    return t.selectFrom(CUSTODY_WITHDRAWALS)
        .where(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(id))
        .forUpdate()
        .fetchOne();
  }

  static CustodyWithdrawalsRecord locked(DSLContext t, long id) {
    CustodyWithdrawalsRecord row = lock(t, id);
    if (row == null) {
      throw new IllegalStateException("no withdrawal " + id);
    }
    return row;
  }

  static WithdrawalState state(CustodyWithdrawalsRecord row) {
    return WithdrawalState.valueOf(row.getState());
  }

  /** Moves a locked row on and writes down why. */
  static void move(
      DSLContext t, CustodyWithdrawalsRecord row, WithdrawalState to, String memo, Instant now) {
    row.setState(to.name());
    row.setChangedAt(time(now));
    switch (to) {
      case DONE, VOIDED, REFUSED -> row.setCompletedAt(time(now));
      default -> {}
    }
    row.attach(t.configuration());
    row.store();
    note(t, row.getWithdrawalId(), to, memo, now);
  }

  static void note(DSLContext t, long id, WithdrawalState state, String memo, Instant now) {
    int step =
        t.select(coalesce(max(CUSTODY_WITHDRAWAL_STEPS.STEP), 0))
            .from(CUSTODY_WITHDRAWAL_STEPS)
            .where(CUSTODY_WITHDRAWAL_STEPS.WITHDRAWAL_ID.eq(id))
            .fetchSingle()
            .value1();
    t.insertInto(CUSTODY_WITHDRAWAL_STEPS)
        .set(CUSTODY_WITHDRAWAL_STEPS.WITHDRAWAL_ID, id)
        .set(CUSTODY_WITHDRAWAL_STEPS.STEP, step + 1)
        .set(CUSTODY_WITHDRAWAL_STEPS.AT, time(now))
        .set(CUSTODY_WITHDRAWAL_STEPS.STATE, state.name())
        .set(CUSTODY_WITHDRAWAL_STEPS.MEMO, memo)
        .execute();
  }

  static Withdrawal view(CustodyWithdrawalsRecord row) {
    byte[] txid = row.getTxid();
    return new Withdrawal(
        row.getWithdrawalId(),
        row.getAccount(),
        row.getWithdrawOrderId(),
        row.getAsset(),
        row.getChain(),
        row.getAddress(),
        row.getAmount(),
        row.getFee(),
        state(row),
        row.getReason(),
        txid == null ? null : HexFormat.of().formatHex(txid),
        row.getInternalAccount(),
        row.getCancelWanted(),
        row.getAttention(),
        row.getRequestedAt().toInstant(),
        row.getCompletedAt() == null ? null : row.getCompletedAt().toInstant());
  }
}
