package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_GAS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGasRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** G6 and G7: what blocks do to groups, and what becomes of them when the blocks are deep. */
final class Settlement {
  private final ChainName chain;
  private final Desk desk;
  private final GroupVoices voices;
  private final Asset coin;
  private final PayoutRules rules;
  private final InstantSource clock;

  Settlement(
      ChainName chain,
      Desk desk,
      GroupVoices voices,
      Asset coin,
      PayoutRules rules,
      InstantSource clock) {
    this.chain = chain;
    this.desk = desk;
    this.voices = voices;
    this.coin = coin;
    this.rules = rules;
    this.clock = clock;
  }

  void connected(DSLContext t, ChainBlock block) {
    for (Desk.Sighting sighting : desk.sightings(t, block)) {
      CustodyGroupsRecord group = GroupRows.locked(t, sighting.groupId());
      switch (sighting) {
        case Desk.Sighting.Mined mined -> mined(t, group, mined, block);
        case Desk.Sighting.Conflict conflict -> conflict(t, group, conflict, block);
      }
    }
  }

  private void mined(
      DSLContext t, CustodyGroupsRecord group, Desk.Sighting.Mined mined, ChainBlock block) {
    CustodyAttemptsRecord attempt = GroupRows.attempt(t, mined.attemptId());
    attempt.setState("MINED");
    attempt.setHeight(block.height());
    attempt.setBlockHash(HexFormat.of().parseHex(block.hash()));
    attempt.setMinedTxid(HexFormat.of().parseHex(mined.txid()));
    attempt.setSucceeded(mined.succeeded());
    attempt.setPaidFee(mined.fee());
    attempt.update();
    group.setState("MINED");
    group.setMinedAttempt(mined.attemptId());
    group.setChangedAt(GroupRows.time(clock.instant()));
    if (mined.succeeded() == null) {
      String note = "the token moved otherwise than it was told, in " + mined.txid();
      group.setAttention(note);
      stop(t, group, Breaks.Cause.WRONG_TRANSFER, note);
    }
    group.update();
    boolean paid = attempt.getKind().equals("PAY") && Boolean.TRUE.equals(mined.succeeded());
    voices.mined(t, group, mined.txid(), paid);
  }

  private void conflict(
      DSLContext t, CustodyGroupsRecord group, Desk.Sighting.Conflict conflict, ChainBlock block) {
    group.setConflict(conflict.why());
    group.setConflictTxid(HexFormat.of().parseHex(conflict.txid()));
    group.setConflictHeight(block.height());
    group.setChangedAt(GroupRows.time(clock.instant()));
    if (conflict.why().equals("FOREIGN")) {
      String note =
          "%s spends what payout %d would spend, and custody did not sign it"
              .formatted(conflict.txid(), group.getGroupId());
      group.setAttention(note);
      stop(t, group, Breaks.Cause.FOREIGN_SPEND, note);
      Halts.chain(t, chain, note, clock.instant());
    }
    group.update();
  }

  private void stop(DSLContext t, CustodyGroupsRecord group, Breaks.Cause cause, String note) {
    Instant now = clock.instant();
    Breaks.open(
        t, group.getAsset(), cause, "payout " + group.getGroupId(), BigInteger.ZERO, note, now);
    Halts.asset(t, group.getAsset(), note, now);
  }

  void disconnected(DSLContext t, long height, String hash) {
    for (CustodyAttemptsRecord attempt :
        t.select(CUSTODY_ATTEMPTS.fields())
            .from(CUSTODY_ATTEMPTS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_ATTEMPTS.HEIGHT.eq(height))
            .and(CUSTODY_ATTEMPTS.BLOCK_HASH.eq(HexFormat.of().parseHex(hash)))
            .orderBy(CUSTODY_ATTEMPTS.ATTEMPT_ID)
            .fetchInto(CUSTODY_ATTEMPTS)) {
      unmined(t, attempt);
    }
    t.update(CUSTODY_GROUPS)
        .setNull(CUSTODY_GROUPS.CONFLICT)
        .setNull(CUSTODY_GROUPS.CONFLICT_TXID)
        .setNull(CUSTODY_GROUPS.CONFLICT_HEIGHT)
        .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
        .and(CUSTODY_GROUPS.CONFLICT_HEIGHT.eq(height))
        .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
        .execute();
  }

  private void unmined(DSLContext t, CustodyAttemptsRecord attempt) {
    CustodyGroupsRecord group = GroupRows.locked(t, attempt.getGroupId());
    boolean settled = attempt.getState().equals("FINAL");
    if (settled) {
      gas(t, BigInteger.ZERO.subtract(attempt.getPaidFee()));
      GroupRows.lockAgain(t, group);
    }
    attempt.attach(t.configuration());
    attempt.setHeight(null);
    attempt.setBlockHash(null);
    attempt.setMinedTxid(null);
    attempt.setSucceeded(null);
    attempt.setPaidFee(null);
    attempt.update();
    // All raws go out again: Core's nodes bring them back by themselves, others do not.
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.STATE, "SENDING")
        .setNull(CUSTODY_ATTEMPTS.SENT_AT)
        .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(group.getGroupId()))
        .and(CUSTODY_ATTEMPTS.STATE.in("MINED", "FINAL", "LOST", "SENDING"))
        .and(CUSTODY_ATTEMPTS.RAW.isNotNull())
        .execute();
    group.setState("SENDING");
    group.setMinedAttempt(null);
    group.setChangedAt(GroupRows.time(clock.instant()));
    group.update();
    voices.unmined(t, group);
  }

  /** Settles one group whose fate is deep enough; true = did something. */
  boolean step(DSLContext t) {
    // A look without a lock first: mostly there is nothing, and a lock makes a commit wait.
    return deepest(t, false) != null && settled(t);
  }

  private boolean settled(DSLContext t) {
    Deep deep = deepest(t, true);
    if (deep == null) {
      return false;
    }
    CustodyGroupsRecord group = GroupRows.locked(t, deep.group());
    if (deep.mined()) {
      settle(t, group);
    } else {
      lost(t, group);
    }
    return true;
  }

  /**
   * A group that is deep enough.
   *
   * @param mined one of its attempts; else its anchor is gone
   */
  private record Deep(long group, boolean mined) {}

  private @Nullable Deep deepest(DSLContext t, boolean lock) {
    var cursors =
        t.select(CUSTODY_CHAINS.CURSOR_HEIGHT)
            .from(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()));
    Long cursor = (lock ? cursors.forUpdate() : cursors).fetchOne(CUSTODY_CHAINS.CURSOR_HEIGHT);
    if (cursor == null) {
      return null;
    }
    long deep = cursor - rules.finalDepth() + 1;
    Long mined =
        t.select(CUSTODY_GROUPS.GROUP_ID)
            .from(CUSTODY_GROUPS)
            .join(CUSTODY_ATTEMPTS)
            .on(CUSTODY_ATTEMPTS.ATTEMPT_ID.eq(CUSTODY_GROUPS.MINED_ATTEMPT))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.eq("MINED"))
            .and(CUSTODY_ATTEMPTS.SUCCEEDED.isNotNull())
            .and(CUSTODY_ATTEMPTS.HEIGHT.le(deep))
            .orderBy(CUSTODY_GROUPS.GROUP_ID)
            .limit(1)
            .fetchOne(CUSTODY_GROUPS.GROUP_ID);
    if (mined != null) {
      return new Deep(mined, true);
    }
    Long conflicted =
        t.select(CUSTODY_GROUPS.GROUP_ID)
            .from(CUSTODY_GROUPS)
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .and(CUSTODY_GROUPS.CONFLICT_HEIGHT.le(deep))
            .orderBy(CUSTODY_GROUPS.GROUP_ID)
            .limit(1)
            .fetchOne(CUSTODY_GROUPS.GROUP_ID);
    return conflicted == null ? null : new Deep(conflicted, false);
  }

  private void settle(DSLContext t, CustodyGroupsRecord group) {
    CustodyAttemptsRecord attempt =
        GroupRows.attempt(t, Objects.requireNonNull(group.getMinedAttempt()));
    GroupOutcome outcome =
        attempt.getKind().equals("CANCEL")
            ? GroupOutcome.CANCELLED
            : attempt.getSucceeded() ? GroupOutcome.PAID : GroupOutcome.REVERTED;
    attempt.setState("FINAL");
    attempt.setFinals(attempt.getFinals() + 1);
    attempt.update();
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.STATE, "LOST")
        .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(group.getGroupId()))
        .and(CUSTODY_ATTEMPTS.ATTEMPT_ID.ne(attempt.getAttemptId()))
        .execute();
    long expense = gas(t, attempt.getPaidFee());
    if (expense > 0) {
      Outbox.add(
          t,
          "expense|%d|%d|%d"
              .formatted(group.getGroupId(), attempt.getAttemptId(), attempt.getFinals()),
          new LedgerCommand.Expense(coin.id(), expense),
          new Subject(Subject.Kind.PAYOUT, group.getGroupId()));
    }
    finish(t, group, outcome.name(), outcome);
  }

  /** The anchor is gone without any attempt of the group having been mined. */
  private void lost(DSLContext t, CustodyGroupsRecord group) {
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.STATE, "LOST")
        .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(group.getGroupId()))
        .execute();
    if (group.getConflict().equals("FOREIGN")) {
      finish(t, group, "CONFLICTED", null);
    } else {
      finish(t, group, "CANCELLED", GroupOutcome.CANCELLED);
    }
  }

  private void finish(
      DSLContext t, CustodyGroupsRecord group, String state, @Nullable GroupOutcome outcome) {
    group.setState(state);
    group.setChangedAt(GroupRows.time(clock.instant()));
    String settled = group.getSettled();
    if (outcome != null && settled == null) {
      group.setSettled(outcome.name());
    }
    if (outcome != null) {
      group.setAttention(null);
    }
    group.update();
    GroupRows.unlock(t, group.getGroupId());
    if (outcome == null) {
      return;
    }
    boolean contradicts =
        settled != null && settled.equals("PAID") != outcome.name().equals("PAID");
    if (contradicts) {
      stop(
          t,
          group,
          Breaks.Cause.PAYOUT_CONTRADICTED,
          "payout %d was %s, a deep reorganisation made it %s"
              .formatted(group.getGroupId(), settled, outcome));
    } else {
      voices.finished(t, group, outcome);
    }
  }

  /**
   * Adds to the final fees of the chain's coin, and says how many whole units are due to the
   * ledger. Below zero it only lowers what comes later.
   */
  private long gas(DSLContext t, BigInteger fee) {
    t.insertInto(CUSTODY_GAS)
        .set(CUSTODY_GAS.ASSET, coin.id())
        .set(CUSTODY_GAS.FEES, BigInteger.ZERO)
        .set(CUSTODY_GAS.BOOKED, 0L)
        .onConflict(CUSTODY_GAS.ASSET)
        .doNothing()
        .execute();
    CustodyGasRecord row =
        t.selectFrom(CUSTODY_GAS).where(CUSTODY_GAS.ASSET.eq(coin.id())).forUpdate().fetchSingle();
    row.setFees(row.getFees().add(fee));
    long due = fee.signum() < 0 ? 0 : Math.max(0, coin.units(row.getFees()) - row.getBooked());
    row.setBooked(row.getBooked() + due);
    row.update();
    return due;
  }
}
