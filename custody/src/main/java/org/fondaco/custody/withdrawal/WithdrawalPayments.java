package org.fondaco.custody.withdrawal;

import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Stage;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What the payout does to withdrawals: W6, W7, W8 and W10, each in its own transaction. */
public final class WithdrawalPayments {
  private final Admission admission;
  private final InstantSource clock;

  WithdrawalPayments(Admission admission, InstantSource clock) {
    this.admission = admission;
    this.clock = clock;
  }

  /** A withdrawal that waits to be paid; amounts are ledger units. */
  public record Due(long id, Asset asset, String address, byte[] script, long amount) {}

  /** Approved withdrawals of a chain, oldest first. A look only: {@link #claim} decides. */
  public List<Due> due(DSLContext t, ChainName chain, int limit) {
    return t.selectFrom(CUSTODY_WITHDRAWALS)
        .where(CUSTODY_WITHDRAWALS.STATE.eq(WithdrawalState.APPROVED.name()))
        .and(CUSTODY_WITHDRAWALS.CHAIN.eq(chain.name()))
        .and(CUSTODY_WITHDRAWALS.INTERNAL_ACCOUNT.isNull())
        .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID)
        .limit(limit)
        .fetch(this::due);
  }

  private Due due(CustodyWithdrawalsRecord row) {
    return new Due(
        row.getWithdrawalId(),
        admission.asset(row.getAsset()),
        row.getAddress(),
        row.getScript(),
        row.getAmount());
  }

  /**
   * Locks an approved withdrawal for a group and asks the policy once more. Empty when a cancel was
   * faster, or the policy says no by now; then its next step is written here.
   */
  public Optional<Due> claim(DSLContext t, long id) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (WithdrawalRows.state(row) != WithdrawalState.APPROVED) {
      return Optional.empty();
    }
    Decision decision = admission.evaluate(t, row, Stage.SIGNING);
    return switch (decision.verdict()) {
      case ALLOW -> Optional.of(due(row));
      case AWAIT -> {
        admission.awaits(t, row, decision);
        yield Optional.empty();
      }
      case DENY -> {
        admission.release(t, row, decision.reason());
        yield Optional.empty();
      }
    };
  }

  /** W6: it is part of a group now, in the transaction that claimed it. */
  public void assigned(DSLContext t, long id, long group) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    row.setGroupId(group);
    row.setAttention(null);
    WithdrawalRows.move(t, row, WithdrawalState.ASSIGNED, "payout " + group, clock.instant());
  }

  /** A withdrawal whose first group ended unpaid has another one; the first has no say any more. */
  private static boolean isOther(CustodyWithdrawalsRecord row, long group) {
    return row.getGroupId() == null || row.getGroupId() != group;
  }

  /** An attempt was signed and goes out. */
  public void sent(DSLContext t, long id, String txid) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    row.setTxid(HexFormat.of().parseHex(txid));
    row.update();
    WithdrawalRows.note(t, id, WithdrawalRows.state(row), "sends " + txid, clock.instant());
  }

  /** Something that a person should look at; null = no more. */
  public void attention(DSLContext t, long id, @Nullable String text) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (!Objects.equals(row.getAttention(), text)) {
      row.setAttention(text);
      row.update();
    }
  }

  /** An operator wants it back: when its group ends unpaid, the funds are released. */
  public void cancelWanted(DSLContext t, long id) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    row.setCancelWanted(true);
    row.update();
    WithdrawalRows.note(
        t, id, WithdrawalRows.state(row), "an operator cancels it", clock.instant());
  }

  /** W7: the payment is in a block; after W10 that is the end of it. */
  public void mined(DSLContext t, long id, long group, String txid) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (isOther(row, group)) {
      return;
    }
    row.setTxid(HexFormat.of().parseHex(txid));
    switch (WithdrawalRows.state(row)) {
      case ASSIGNED ->
          WithdrawalRows.move(t, row, WithdrawalState.MINED, "mined in " + txid, clock.instant());
      case DONE_ORPHANED -> {
        WithdrawalRows.move(
            t, row, WithdrawalState.DONE, "mined again in " + txid, clock.instant());
        Breaks.close(
            t,
            row.getAsset(),
            Breaks.Cause.PAYOUT_ORPHANED,
            "withdrawal " + id,
            "mined again",
            clock.instant());
      }
      default -> row.update();
    }
  }

  /** The block has left the chain. */
  public void unmined(DSLContext t, long id, long group) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (isOther(row, group)) {
      return;
    }
    switch (WithdrawalRows.state(row)) {
      case MINED ->
          WithdrawalRows.move(
              t, row, WithdrawalState.ASSIGNED, "its block left the chain", clock.instant());
      case DONE -> admission.orphaned(t, row);
      default -> {}
    }
  }

  /** W7, W8: the payment is final. A second time, after W10, nothing is left to do. */
  public void paid(DSLContext t, long id, long group) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (!isOther(row, group) && WithdrawalRows.state(row) == WithdrawalState.MINED) {
      WithdrawalRows.move(t, row, WithdrawalState.FINAL, "deep enough", clock.instant());
      admission.post(t, row);
    }
  }

  /**
   * W8: its group ended unpaid and final.
   *
   * @param again true to pay it by another group, unless an operator wants it back
   */
  public void unpaid(DSLContext t, long id, long group, boolean again, String reason) {
    CustodyWithdrawalsRecord row = WithdrawalRows.locked(t, id);
    if (isOther(row, group)) {
      return;
    }
    switch (WithdrawalRows.state(row)) {
      case ASSIGNED, MINED -> {
        if (again && !row.getCancelWanted()) {
          row.setGroupId(null);
          row.setTxid(null);
          WithdrawalRows.move(t, row, WithdrawalState.APPROVED, reason, clock.instant());
        } else {
          admission.release(t, row, reason);
        }
      }
      default -> {}
    }
  }
}
