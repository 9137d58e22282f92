package org.fondaco.custody.payout;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.fondaco.custody.withdrawal.WithdrawalPayments;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.fondaco.db.schema.tables.records.CustodyPayeesRecord;
import org.jooq.DSLContext;

/** Tells who planned a group, and the withdrawals that it pays. */
final class GroupVoices {
  private final Map<Purpose, GroupListener> listeners;

  GroupVoices(WithdrawalPayments withdrawals, Map<Purpose, GroupListener> others) {
    listeners = new EnumMap<>(Purpose.class);
    listeners.putAll(others);
    listeners.put(Purpose.PAY, new PaidWithdrawals(withdrawals));
    this.withdrawals = withdrawals;
  }

  private final WithdrawalPayments withdrawals;

  void sent(DSLContext t, CustodyGroupsRecord group, String txid) {
    each(t, group.getGroupId(), id -> withdrawals.sent(t, id, txid));
  }

  void mined(DSLContext t, CustodyGroupsRecord group, String txid, boolean paid) {
    tell(group, listener -> listener.mined(t, group.getGroupId(), txid, paid));
  }

  void unmined(DSLContext t, CustodyGroupsRecord group) {
    tell(group, listener -> listener.unmined(t, group.getGroupId()));
  }

  void finished(DSLContext t, CustodyGroupsRecord group, GroupOutcome outcome) {
    tell(group, listener -> listener.finished(t, group.getGroupId(), outcome));
  }

  private void tell(CustodyGroupsRecord group, Consumer<GroupListener> word) {
    GroupListener listener = listeners.get(Purpose.valueOf(group.getPurpose()));
    if (listener != null) {
      word.accept(listener);
    }
  }

  private static void each(DSLContext t, long group, Consumer<Long> withdrawal) {
    for (CustodyPayeesRecord payee : GroupRows.payees(t, group)) {
      Long id = payee.getWithdrawalId();
      if (id != null) {
        withdrawal.accept(id);
      }
    }
  }

  /** W7, W8 and W10 of each withdrawal in a group. */
  private record PaidWithdrawals(WithdrawalPayments withdrawals) implements GroupListener {

    @Override
    public void mined(DSLContext t, long group, String txid, boolean paid) {
      if (paid) {
        each(t, group, id -> withdrawals.mined(t, id, group, txid));
      }
    }

    @Override
    public void unmined(DSLContext t, long group) {
      each(t, group, id -> withdrawals.unmined(t, id, group));
    }

    @Override
    public void finished(DSLContext t, long group, GroupOutcome outcome) {
      each(
          t,
          group,
          id -> {
            switch (outcome) {
              case PAID -> withdrawals.paid(t, id, group);
              case CANCELLED -> withdrawals.unpaid(t, id, group, true, "its payout was cancelled");
              case REVERTED ->
                  withdrawals.unpaid(
                      t, id, group, false, "the token's contract refused the payment");
            }
          });
    }
  }
}
