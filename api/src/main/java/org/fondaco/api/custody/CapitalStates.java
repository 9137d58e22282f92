package org.fondaco.api.custody;

import static org.fondaco.custody.withdrawal.WithdrawalState.*;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fondaco.api.wallet.Capital.DepositStatus;
import org.fondaco.api.wallet.Capital.WithdrawalStatus;
import org.fondaco.custody.deposit.DepositState;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.Condition;

/** Custody's states in a customer's words. */
final class CapitalStates {
  private static final String BY_CUSTOMER = "cancelled by customer";

  /** States in which the ledger holds the funds. */
  static final List<String> HOLDING =
      names(RESERVED, AWAITING, APPROVED, ASSIGNED, MINED, FINAL, POSTING, VOIDING, INTERNAL);

  /** States of deposits that count when confirmations are asked of a customer's sum. */
  static final List<String> COUNTED =
      Stream.of(
              DepositState.SEEN,
              DepositState.CONFIRMED,
              DepositState.CREDITED,
              DepositState.CREDITED_ORPHANED,
              DepositState.FINAL)
          .map(Enum::name)
          .toList();

  private CapitalStates() {}

  /** Whether a deposit in this state waits for confirmations. */
  static boolean waits(String state) {
    return deposit(state) == DepositStatus.PENDING;
  }

  private static List<String> names(WithdrawalState... states) {
    return Arrays.stream(states).map(Enum::name).toList();
  }

  static DepositStatus deposit(String state) {
    return switch (state) {
      case "SEEN", "CONFIRMED", "ORPHANED" -> DepositStatus.PENDING;
      case "CREDITED", "FINAL" -> DepositStatus.CREDITED;
      case "CREDITED_ORPHANED" -> DepositStatus.ORPHANED;
      case "BELOW_MIN" -> DepositStatus.BELOW_MINIMUM;
      case "SUSPENSE", "UNATTRIBUTED" -> DepositStatus.SUSPENSE;
      case "WRITTEN_OFF" -> DepositStatus.WRITTEN_OFF;
      default -> throw new IllegalStateException("a deposit in state " + state);
    };
  }

  static List<String> of(DepositStatus status) {
    return switch (status) {
      case PENDING -> List.of("SEEN", "CONFIRMED", "ORPHANED");
      case CREDITED -> List.of("CREDITED", "FINAL");
      case ORPHANED -> List.of("CREDITED_ORPHANED");
      case BELOW_MINIMUM -> List.of("BELOW_MIN");
      case SUSPENSE -> List.of("SUSPENSE", "UNATTRIBUTED");
      case WRITTEN_OFF -> List.of("WRITTEN_OFF");
    };
  }

  /** What was released is told apart by who wanted it, and by whether a payment was tried. */
  static WithdrawalStatus withdrawal(CustodyWithdrawalsRecord row) {
    return switch (WithdrawalState.valueOf(row.getState())) {
      case REQUESTED -> WithdrawalStatus.REQUESTED;
      case RESERVED, AWAITING -> WithdrawalStatus.AWAITING;
      case APPROVED, ASSIGNED, MINED, FINAL, POSTING, INTERNAL, DONE_ORPHANED ->
          WithdrawalStatus.PROCESSING;
      case DONE -> WithdrawalStatus.COMPLETED;
      case REFUSED -> WithdrawalStatus.REJECTED;
      case VOIDING, VOIDED -> {
        if (BY_CUSTOMER.equals(row.getReason())) {
          yield WithdrawalStatus.CANCELLED;
        }
        yield row.getGroupId() == null ? WithdrawalStatus.REJECTED : WithdrawalStatus.FAILED;
      }
    };
  }

  static Condition of(WithdrawalStatus status) {
    Condition released = CUSTODY_WITHDRAWALS.STATE.in(names(VOIDING, VOIDED));
    Condition byCustomer = released.and(CUSTODY_WITHDRAWALS.REASON.eq(BY_CUSTOMER));
    Condition byUs = released.and(CUSTODY_WITHDRAWALS.REASON.isDistinctFrom(BY_CUSTOMER));
    return switch (status) {
      case REQUESTED -> CUSTODY_WITHDRAWALS.STATE.eq(REQUESTED.name());
      case AWAITING -> CUSTODY_WITHDRAWALS.STATE.in(names(RESERVED, AWAITING));
      case PROCESSING ->
          CUSTODY_WITHDRAWALS.STATE.in(
              names(APPROVED, ASSIGNED, MINED, FINAL, POSTING, INTERNAL, DONE_ORPHANED));
      case COMPLETED -> CUSTODY_WITHDRAWALS.STATE.eq(DONE.name());
      case CANCELLED -> byCustomer;
      case REJECTED ->
          CUSTODY_WITHDRAWALS
              .STATE
              .eq(REFUSED.name())
              .or(byUs.and(CUSTODY_WITHDRAWALS.GROUP_ID.isNull()));
      case FAILED -> byUs.and(CUSTODY_WITHDRAWALS.GROUP_ID.isNotNull());
    };
  }
}
