package org.fondaco.custody.payout;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.withdrawal.WithdrawalPayments;
import org.fondaco.custody.withdrawal.WithdrawalPayments.Due;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** W6: approved withdrawals become groups, many in one on UTXO chains. */
final class PayRound {
  private static final int LOOK_AT = 500;

  /** Then those that were planned are signed together. */
  private static final int GROUPS_AT_ONCE = 32;

  private final ChainName chain;
  private final Transactions transactions;
  private final Planner planner;
  private final WithdrawalPayments withdrawals;
  private final PayoutRules rules;
  private final InstantSource clock;
  private final Map<Long, Instant> notBefore = new HashMap<>();

  PayRound(
      ChainName chain,
      Transactions transactions,
      Planner planner,
      WithdrawalPayments withdrawals,
      PayoutRules rules,
      InstantSource clock) {
    this.chain = chain;
    this.transactions = transactions;
    this.planner = planner;
    this.withdrawals = withdrawals;
    this.rules = rules;
    this.clock = clock;
  }

  private record Round(List<Due> due, @Nullable House hot) {}

  /** Plans some groups; true = did something. */
  boolean step() {
    Instant now = clock.instant();
    notBefore.values().removeIf(time -> !time.isAfter(now));
    Round round = transactions.result(this::round);
    if (round.due().isEmpty()) {
      return false;
    }
    List<Due> due = round.due();
    House hot = round.hot();
    int inOne = chain.hasOutputs() ? rules.batchMax() : 1;
    if (hot == null) {
      impossible(due.subList(0, Math.min(inOne, due.size())), "the hot tier has no address");
      return true;
    }
    int end = Math.min(due.size(), inOne * GROUPS_AT_ONCE);
    for (int from = 0; from < end; from += inOne) {
      if (!pay(due.subList(from, Math.min(from + inOne, end)), hot)) {
        return true;
      }
    }
    return true;
  }

  /** Plans one group; false when it was impossible. */
  private boolean pay(List<Due> some, House hot) {
    List<Due> due = some;
    // A batch that is too large for the hot tier may still have a part that is not.
    while (true) {
      Optional<Planned> planned = planned(due, hot);
      if (planned.isEmpty() || !(planned.get() instanceof Planned.Impossible why)) {
        return true;
      }
      if (due.size() == 1 || why.reason() == Planned.Reason.FEE_CAP) {
        impossible(due, why.message());
        return false;
      }
      due = due.subList(0, due.size() / 2);
    }
  }

  private Round round(DSLContext t) {
    Map<Integer, Boolean> halted = new HashMap<>();
    List<Due> due = new ArrayList<>();
    for (Due one : withdrawals.due(t, chain, LOOK_AT)) {
      boolean stopped =
          halted.computeIfAbsent(one.asset().id(), asset -> Halts.of(t, asset) != null);
      if (!stopped && !notBefore.containsKey(one.id())) {
        due.add(one);
      }
    }
    return new Round(due, House.ofTier(t, chain, "HOT"));
  }

  private Optional<Planned> planned(List<Due> due, House hot) {
    Asset asset = due.getFirst().asset();
    GroupPlan.From from =
        chain.hasOutputs()
            ? new GroupPlan.From.OfTier("HOT")
            : new GroupPlan.From.Account(hot.addressId());
    List<Payment> looked = due.stream().map(PayRound::payment).toList();
    GroupPlan plan = new GroupPlan(Purpose.PAY, asset, from, looked, hot.addressId());
    return planner.plan(
        plan,
        t -> claimed(t, due),
        (t, group) ->
            GroupRows.payees(t, group)
                .forEach(payee -> withdrawals.assigned(t, payee.getWithdrawalId(), group)));
  }

  /** What is left of them after cancels and the policy's last word. */
  private @Nullable List<Payment> claimed(DSLContext t, List<Due> due) {
    List<Payment> payments = new ArrayList<>();
    for (Due one : due) {
      withdrawals.claim(t, one.id()).map(PayRound::payment).ifPresent(payments::add);
    }
    return payments.isEmpty() ? null : payments;
  }

  private static Payment payment(Due due) {
    return new Payment(due.script(), due.address(), due.asset().atoms(due.amount()), due.id());
  }

  private void impossible(List<Due> due, String why) {
    Instant later = clock.instant().plus(rules.retryAfter());
    due.forEach(one -> notBefore.put(one.id(), later));
    transactions.run(t -> due.forEach(one -> withdrawals.attention(t, one.id(), why)));
  }
}
