package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.payout.Planned.Reason;
import org.fondaco.db.schema.tables.records.CustodyChainsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** G1: intents. One at a time a chain, because each locks the chain's row. */
final class Planner {
  private final ChainName chain;
  private final Transactions transactions;
  private final Desk desk;
  private final InstantSource clock;

  Planner(ChainName chain, Transactions transactions, Desk desk, InstantSource clock) {
    this.chain = chain;
    this.transactions = transactions;
    this.desk = desk;
    this.clock = clock;
  }

  Planned plan(GroupPlan plan, ObjLongConsumer<DSLContext> intent) {
    return plan(plan, t -> plan.payments(), intent)
        .orElseThrow(() -> new IllegalStateException("a plan without payments is a plan"));
  }

  /**
   * Plans with payments that are claimed in the transaction itself.
   *
   * @param claim the payments, or null when none is left: then only what the claim wrote is kept
   */
  Optional<Planned> plan(
      GroupPlan plan,
      Function<DSLContext, @Nullable List<Payment>> claim,
      ObjLongConsumer<DSLContext> intent) {
    try {
      House from = transactions.result(t -> from(t, plan));
      Market market = desk.market(plan, from);
      long tip = desk.tip();
      return Optional.ofNullable(
          transactions.result(t -> written(t, plan, from, market, tip, claim, intent)));
    } catch (PlanFailure e) {
      return Optional.of(new Planned.Impossible(e.reason(), String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable House from(DSLContext t, GroupPlan plan) {
    return plan.from() instanceof GroupPlan.From.Account account
        ? House.byId(t, account.addressId())
        : null;
  }

  private @Nullable Planned written(
      DSLContext t,
      GroupPlan plan,
      @Nullable House from,
      Market market,
      long tip,
      Function<DSLContext, @Nullable List<Payment>> claim,
      ObjLongConsumer<DSLContext> intent) {
    mayPlan(t, plan, tip);
    List<Payment> payments = claim.apply(t);
    if (payments == null) {
      return null;
    }
    GroupPlan claimed =
        new GroupPlan(
            plan.purpose(), plan.asset(), plan.from(), payments, plan.restId(), plan.parentId());
    Draft draft = desk.first(t, claimed, market);
    CustodyGroupsRecord group =
        GroupRows.insert(
            t, claimed, from == null ? null : from.addressId(), draft, clock.instant());
    intent.accept(t, group.getGroupId());
    return new Planned.Group(group.getGroupId());
  }

  private void mayPlan(DSLContext t, GroupPlan plan, long tip) {
    CustodyChainsRecord row =
        t.selectFrom(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .forUpdate()
            .fetchOne();
    if (row == null) {
      throw new PlanFailure(Reason.HALTED, chain + " is not scanned yet");
    }
    if (tip < row.getCursorHeight()) {
      throw new PlanFailure(Reason.HALTED, "the node is behind what has been scanned");
    }
    String halted = Halts.of(t, plan.asset().id());
    if (halted != null) {
      throw new PlanFailure(Reason.HALTED, halted);
    }
  }
}
