package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * G5: what is stuck is followed by a dearer attempt, or by a self-spend when a person wants it
 * back; where nothing can be replaced, by a child that pays for both.
 */
final class Bumping {
  private final ChainName chain;
  private final Transactions transactions;
  private final Desk desk;
  private final Planner planner;
  private final Asset coin;
  private final PayoutRules rules;
  private final InstantSource clock;
  private final Map<Long, Instant> notBefore = new HashMap<>();

  Bumping(
      ChainName chain,
      Transactions transactions,
      Desk desk,
      Planner planner,
      Asset coin,
      PayoutRules rules,
      InstantSource clock) {
    this.chain = chain;
    this.transactions = transactions;
    this.desk = desk;
    this.planner = planner;
    this.coin = coin;
    this.rules = rules;
    this.clock = clock;
  }

  /** A group that needs another attempt, or a child. */
  private record Stuck(
      CustodyGroupsRecord group, CustodyAttemptsRecord last, boolean cancel, @Nullable Long hot) {}

  /** Helps one group; true = did something. */
  boolean step() {
    Stuck stuck = transactions.result(this::stuck);
    if (stuck == null) {
      return false;
    }
    long id = stuck.group().getGroupId();
    notBefore.put(id, clock.instant().plus(rules.retryAfter()));
    if (!stuck.cancel() && !desk.replaces()) {
      return child(stuck);
    }
    try {
      Market market = desk.market(stuck.group(), stuck.last());
      boolean written = transactions.result(t -> next(t, stuck, market));
      if (written) {
        notBefore.remove(id);
      }
      return written;
    } catch (PlanFailure e) {
      String message = e.getMessage();
      transactions.run(t -> GroupRows.attention(t, id, message, clock.instant()));
      return true;
    }
  }

  private @Nullable Stuck stuck(DSLContext t) {
    Instant now = clock.instant();
    notBefore.values().removeIf(time -> !time.isAfter(now));
    if (!t.fetchExists(CUSTODY_GROUPS, mayBeStuck(now))) {
      return null;
    }
    List<CustodyGroupsRecord> open =
        t.selectFrom(CUSTODY_GROUPS)
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .and(CUSTODY_GROUPS.CONFLICT.isNull())
            .and(CUSTODY_GROUPS.SETTLED.isNull().or(CUSTODY_GROUPS.SETTLED.ne("PAID")))
            .andExists(
                t.selectOne()
                    .from(CUSTODY_CHAINS)
                    .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
                    .and(CUSTODY_CHAINS.HALTED.isNull()))
            .orderBy(CUSTODY_GROUPS.NONCE.asc().nullsFirst(), CUSTODY_GROUPS.GROUP_ID)
            .fetch();
    Set<Long> candidates =
        t.select(CUSTODY_GROUPS.GROUP_ID)
            .from(CUSTODY_GROUPS)
            .where(mayBeStuck(now))
            .fetchSet(CUSTODY_GROUPS.GROUP_ID);
    Map<Long, Long> senders = new HashMap<>();
    for (CustodyGroupsRecord group : open) {
      // Of one account only the lowest nonce can be stuck; the others wait for it.
      boolean first =
          group.getFromId() == null
              || senders.putIfAbsent(group.getFromId(), group.getGroupId()) == null;
      if (notBefore.containsKey(group.getGroupId()) || !candidates.contains(group.getGroupId())) {
        continue;
      }
      Stuck stuck = stuck(t, group, now, first);
      if (stuck != null) {
        return stuck;
      }
    }
    return null;
  }

  /** Wanted back, to be kept from being paid, or with an attempt that is old enough. */
  private Condition mayBeStuck(Instant now) {
    return CUSTODY_GROUPS
        .CHAIN
        .eq(chain.name())
        .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
        .and(
            CUSTODY_GROUPS
                .CANCEL_WANTED
                .isTrue()
                .or(CUSTODY_GROUPS.SETTLED.isNotNull())
                .or(
                    DSL.exists(
                        DSL.selectOne()
                            .from(CUSTODY_ATTEMPTS)
                            .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(CUSTODY_GROUPS.GROUP_ID))
                            .and(
                                CUSTODY_ATTEMPTS.CREATED_AT.le(
                                    GroupRows.time(now.minus(rules.bumpAfter())))))));
  }

  private @Nullable Stuck stuck(
      DSLContext t, CustodyGroupsRecord group, Instant now, boolean first) {
    CustodyAttemptsRecord last = GroupRows.attempts(t, group.getGroupId()).getLast();
    // The predecessor's signature must be stored before there is a successor.
    if (last.getRaw() == null || hasChild(t, group)) {
      return null;
    }
    House hot = House.ofTier(t, chain, "HOT");
    Long hotId = hot == null ? null : hot.addressId();
    // What the ledger was told to release must not be paid after a deep reorganisation either.
    boolean cancel = group.getCancelWanted() || group.getSettled() != null;
    if (cancel && last.getKind().equals("PAY")) {
      return new Stuck(group, last, true, hotId);
    }
    boolean late = !last.getCreatedAt().toInstant().plus(rules.bumpAfter()).isAfter(now);
    return late && first && last.getState().equals("SENDING")
        ? new Stuck(group, last, last.getKind().equals("CANCEL"), hotId)
        : null;
  }

  private static boolean hasChild(DSLContext t, CustodyGroupsRecord group) {
    return t.fetchExists(
        CUSTODY_GROUPS,
        CUSTODY_GROUPS
            .PARENT_ID
            .eq(group.getGroupId())
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING", "MINED")));
  }

  private boolean next(DSLContext t, Stuck stuck, Market market) {
    t.selectFrom(CUSTODY_CHAINS).where(CUSTODY_CHAINS.CHAIN.eq(chain.name())).forUpdate().fetch();
    CustodyGroupsRecord group = GroupRows.locked(t, stuck.group().getGroupId());
    List<CustodyAttemptsRecord> before = GroupRows.attempts(t, group.getGroupId());
    boolean open = group.getState().equals("INTENT") || group.getState().equals("SENDING");
    boolean same = before.getLast().getAttemptId().equals(stuck.last().getAttemptId());
    if (!open || !same || group.getConflict() != null || hasChild(t, group)) {
      return false;
    }
    Draft draft = desk.next(t, group, before, stuck.cancel(), market);
    GroupRows.insertAttempt(t, group, before.size(), stuck.cancel(), draft, clock.instant());
    GroupRows.attention(t, group.getGroupId(), null, clock.instant());
    return true;
  }

  /** The change of the newest attempt, spent by a group of its own. */
  private boolean child(Stuck stuck) {
    CustodyAttemptsRecord last = stuck.last();
    long id = stuck.group().getGroupId();
    Long hot = stuck.hot();
    if (hot == null || last.getChangeVout() < 0) {
      transactions.run(t ->
          GroupRows.attention(
              t, id, "it is late, and has no change that could pay more", clock.instant()));
      return true;
    }
    String txid = HexFormat.of().formatHex(last.getTxid());
    if (!desk.knows(txid)) {
      return false; // Nothing waits that a child could help; it is handed over again.
    }
    GroupPlan plan =
        new GroupPlan(
            Purpose.CHILD,
            coin,
            new GroupPlan.From.Outputs(List.of(txid + ":" + last.getChangeVout())),
            List.of(),
            hot,
            id);
    if (planner.plan(plan, (t, child) -> {}) instanceof Planned.Impossible impossible) {
      transactions.run(t ->
          GroupRows.attention(
              t, id, "no child can help: " + impossible.message(), clock.instant()));
    }
    return true;
  }
}
