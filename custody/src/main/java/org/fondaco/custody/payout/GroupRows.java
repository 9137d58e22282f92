package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ANCHORS;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_LOCKS;
import static org.fondaco.db.schema.Tables.CUSTODY_PAYEES;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Digest;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.fondaco.db.schema.tables.records.CustodyPayeesRecord;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Rows of groups, attempts, anchors and locks. */
final class GroupRows {
  private GroupRows() {}

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static CustodyGroupsRecord locked(DSLContext t, long id) {
    CustodyGroupsRecord row =
        t.selectFrom(CUSTODY_GROUPS).where(CUSTODY_GROUPS.GROUP_ID.eq(id)).forUpdate().fetchOne();
    if (row == null) {
      throw new IllegalArgumentException("no payout group " + id);
    }
    return row;
  }

  /** As it is now, without a lock. */
  static CustodyGroupsRecord group(DSLContext t, long id) {
    return Objects.requireNonNull(t.fetchOne(CUSTODY_GROUPS, CUSTODY_GROUPS.GROUP_ID.eq(id)));
  }

  static CustodyAttemptsRecord attempt(DSLContext t, long id) {
    return Objects.requireNonNull(t.fetchOne(CUSTODY_ATTEMPTS, CUSTODY_ATTEMPTS.ATTEMPT_ID.eq(id)));
  }

  /** Oldest first; there is at least one. */
  static List<CustodyAttemptsRecord> attempts(DSLContext t, long group) {
    return t.selectFrom(CUSTODY_ATTEMPTS)
        .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(group))
        .orderBy(CUSTODY_ATTEMPTS.NUMBER)
        .fetch();
  }

  static List<CustodyPayeesRecord> payees(DSLContext t, long group) {
    return t.selectFrom(CUSTODY_PAYEES)
        .where(CUSTODY_PAYEES.GROUP_ID.eq(group))
        .orderBy(CUSTODY_PAYEES.POSITION)
        .fetch();
  }

  static List<String> anchor(DSLContext t, long group) {
    return t.select(CUSTODY_ANCHORS.ANCHOR)
        .from(CUSTODY_ANCHORS)
        .where(CUSTODY_ANCHORS.GROUP_ID.eq(group))
        .orderBy(CUSTODY_ANCHORS.ANCHOR)
        .fetch(CUSTODY_ANCHORS.ANCHOR);
  }

  /** G1: the group, its payees, its anchor, and the first attempt. */
  static CustodyGroupsRecord insert(
      DSLContext t, GroupPlan plan, @Nullable Long from, Draft draft, Instant now) {
    CustodyGroupsRecord group = t.newRecord(CUSTODY_GROUPS);
    group.setChain(plan.asset().chain().name());
    group.setPurpose(plan.purpose().name());
    group.setAsset(plan.asset().id());
    group.setFromId(from);
    group.setRestId(plan.restId());
    group.setNonce(draft.nonce());
    group.setParentId(plan.parentId());
    group.setState("INTENT");
    group.setCancelWanted(false);
    group.setCreatedAt(time(now));
    group.setChangedAt(time(now));
    group.store();
    int position = 0;
    for (Payment payment : plan.payments()) {
      t.insertInto(CUSTODY_PAYEES)
          .set(CUSTODY_PAYEES.GROUP_ID, group.getGroupId())
          .set(CUSTODY_PAYEES.POSITION, position++)
          .set(CUSTODY_PAYEES.SCRIPT, payment.script())
          .set(CUSTODY_PAYEES.ADDRESS, payment.address())
          .set(CUSTODY_PAYEES.ATOMS, payment.atoms())
          .set(CUSTODY_PAYEES.WITHDRAWAL_ID, payment.withdrawalId())
          .execute();
    }
    try {
      for (String part : draft.anchor()) {
        t.insertInto(CUSTODY_ANCHORS)
            .set(CUSTODY_ANCHORS.CHAIN, group.getChain())
            .set(CUSTODY_ANCHORS.ANCHOR, part)
            .set(CUSTODY_ANCHORS.GROUP_ID, group.getGroupId())
            .execute();
      }
    } catch (IntegrityConstraintViolationException e) {
      throw new PlanFailure(Planned.Reason.TAKEN, "an anchor belongs to another group");
    }
    insertAttempt(t, group, 0, false, draft, now);
    return group;
  }

  /** G1 or G5: an unsigned attempt, and the locks of what it spends. */
  static CustodyAttemptsRecord insertAttempt(
      DSLContext t,
      CustodyGroupsRecord group,
      int number,
      boolean cancel,
      Draft draft,
      Instant now) {
    lock(t, ChainName.valueOf(group.getChain()), group.getGroupId(), draft.inputs());
    CustodyAttemptsRecord attempt = t.newRecord(CUSTODY_ATTEMPTS);
    attempt.setGroupId(group.getGroupId());
    attempt.setNumber(number);
    attempt.setKind(cancel ? "CANCEL" : "PAY");
    attempt.setState("INTENT");
    attempt.setUnsigned(draft.unsigned());
    attempt.setDigest(digest(t, group, draft.unsigned()).toBytes());
    attempt.setInputs(draft.inputs().toArray(String[]::new));
    attempt.setFeeAtoms(draft.feeAtoms());
    attempt.setFeeRate(draft.feeRate());
    attempt.setChangeVout(draft.changeVout());
    attempt.setExported(false);
    attempt.setFinals(0);
    attempt.setCreatedAt(time(now));
    attempt.store();
    return attempt;
  }

  /**
   * Of what is signed, and by whom where that does not say it: two accounts that sweep the same
   * amount with their first nonce have the same bytes to sign, and are two attempts.
   */
  private static Digest digest(DSLContext t, CustodyGroupsRecord group, byte[] unsigned) {
    Long from = group.getFromId();
    byte[] sender = from == null ? new byte[0] : House.byId(t, from).script();
    byte[] both = Arrays.copyOf(sender, sender.length + unsigned.length);
    System.arraycopy(unsigned, 0, both, sender.length, unsigned.length);
    return Digest.sha256(both);
  }

  private static void lock(DSLContext t, ChainName chain, long group, List<String> outpoints) {
    for (String outpoint : outpoints) {
      t.insertInto(CUSTODY_LOCKS)
          .set(CUSTODY_LOCKS.CHAIN, chain.name())
          .set(CUSTODY_LOCKS.OUTPOINT, outpoint)
          .set(CUSTODY_LOCKS.GROUP_ID, group)
          .onConflict(CUSTODY_LOCKS.CHAIN, CUSTODY_LOCKS.OUTPOINT)
          .doNothing()
          .execute();
      boolean mine =
          t.fetchExists(
              CUSTODY_LOCKS,
              CUSTODY_LOCKS
                  .CHAIN
                  .eq(chain.name())
                  .and(CUSTODY_LOCKS.OUTPOINT.eq(outpoint))
                  .and(CUSTODY_LOCKS.GROUP_ID.eq(group)));
      if (!mine) {
        throw new PlanFailure(Planned.Reason.TAKEN, outpoint + " belongs to another group");
      }
    }
  }

  /** Its outcome was final and is not: what its attempts spend is taken again. */
  static void lockAgain(DSLContext t, CustodyGroupsRecord group) {
    for (CustodyAttemptsRecord attempt : attempts(t, group.getGroupId())) {
      for (String outpoint : attempt.getInputs()) {
        // One that another group has added meanwhile stays that group's: one of the two will lose.
        t.insertInto(CUSTODY_LOCKS)
            .set(CUSTODY_LOCKS.CHAIN, group.getChain())
            .set(CUSTODY_LOCKS.OUTPOINT, outpoint)
            .set(CUSTODY_LOCKS.GROUP_ID, group.getGroupId())
            .onConflict(CUSTODY_LOCKS.CHAIN, CUSTODY_LOCKS.OUTPOINT)
            .doNothing()
            .execute();
      }
    }
  }

  static void unlock(DSLContext t, long group) {
    t.deleteFrom(CUSTODY_LOCKS).where(CUSTODY_LOCKS.GROUP_ID.eq(group)).execute();
  }

  static void attention(DSLContext t, long group, @Nullable String text, Instant now) {
    t.update(CUSTODY_GROUPS)
        .set(CUSTODY_GROUPS.ATTENTION, text)
        .set(CUSTODY_GROUPS.CHANGED_AT, time(now))
        .where(CUSTODY_GROUPS.GROUP_ID.eq(group))
        .and(CUSTODY_GROUPS.ATTENTION.isDistinctFrom(text))
        .execute();
  }
}
