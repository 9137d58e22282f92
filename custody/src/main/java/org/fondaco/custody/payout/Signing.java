package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.guard.GuardException;
import org.fondaco.custody.guard.Payee;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** G2 and G3: the guard first, on disk, then the signature, in the database before it leaves. */
final class Signing {
  /** The guard's file is forced to disk once for so many. */
  private static final int AT_ONCE = 32;

  private final ChainName chain;
  private final Transactions transactions;
  private final Desk desk;
  private final Guard guard;
  private final Map<Integer, Asset> assets;
  private final InstantSource clock;

  Signing(
      ChainName chain,
      Transactions transactions,
      Desk desk,
      Guard guard,
      Map<Integer, Asset> assets,
      InstantSource clock) {
    this.chain = chain;
    this.transactions = transactions;
    this.desk = desk;
    this.guard = guard;
    this.assets = Map.copyOf(assets);
    this.clock = clock;
  }

  /** An attempt that waits for its signature. */
  private record Waiting(
      CustodyGroupsRecord group,
      CustodyAttemptsRecord attempt,
      @Nullable House from,
      GuardEntry entry,
      boolean ours,
      long cursor) {}

  /** Signs attempts that wait, each of another group; true = did something. */
  boolean step() {
    List<Waiting> waiting = transactions.result(this::waiting);
    if (waiting.isEmpty() || desk.tip() < waiting.getFirst().cursor()) {
      // A node behind what has been scanned may be on its way to another branch: sign nothing.
      return false;
    }
    try {
      guard.append(waiting.stream().map(Waiting::entry).toList());
    } catch (GuardException e) {
      if (e.reason() == GuardException.Reason.IO) {
        throw e;
      }
      if (waiting.size() > 1) {
        // One of them is refused, and nothing was written: the oldest by itself.
        return one(waiting.getFirst());
      }
      transactions.run(t -> refused(t, waiting.getFirst(), String.valueOf(e.getMessage())));
      return true;
    }
    sign(waiting);
    return true;
  }

  private boolean one(Waiting waiting) {
    try {
      guard.append(waiting.entry());
    } catch (GuardException e) {
      if (e.reason() == GuardException.Reason.IO) {
        throw e;
      }
      transactions.run(t -> refused(t, waiting, String.valueOf(e.getMessage())));
      return true;
    }
    sign(List.of(waiting));
    return true;
  }

  /** All of them are in the guard. */
  private void sign(List<Waiting> waiting) {
    Map<Long, Desk.Signed> signed = new LinkedHashMap<>();
    for (Waiting one : waiting) {
      if (one.ours()) {
        signed.put(
            one.attempt().getAttemptId(), desk.sign(one.from(), one.attempt().getUnsigned()));
      }
    }
    transactions.run(t -> {
      signed.forEach((attempt, transaction) -> signed(t, attempt, transaction));
      waiting.stream().filter(one -> !one.ours()).forEach(one -> exported(t, one));
    });
  }

  private List<Waiting> waiting(DSLContext t) {
    List<CustodyAttemptsRecord> attempts =
        t.select(CUSTODY_ATTEMPTS.fields())
            .from(CUSTODY_ATTEMPTS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
            .join(CUSTODY_CHAINS)
            .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_GROUPS.CHAIN))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .and(CUSTODY_CHAINS.HALTED.isNull())
            .and(RestoreLock.free(chain))
            .and(CUSTODY_ATTEMPTS.STATE.eq("INTENT"))
            .and(CUSTODY_ATTEMPTS.EXPORTED.isFalse())
            .and(CUSTODY_ATTEMPTS.KIND.eq("CANCEL").or(Halts.runs(CUSTODY_GROUPS.ASSET)))
            .orderBy(CUSTODY_ATTEMPTS.ATTEMPT_ID)
            .limit(AT_ONCE)
            .fetchInto(CUSTODY_ATTEMPTS);
    Set<Long> groups = new HashSet<>();
    List<Waiting> waiting = new ArrayList<>();
    for (CustodyAttemptsRecord attempt : attempts) {
      if (groups.add(attempt.getGroupId())) {
        waiting.add(waiting(t, attempt));
      }
    }
    return waiting;
  }

  private Waiting waiting(DSLContext t, CustodyAttemptsRecord attempt) {
    CustodyGroupsRecord group = GroupRows.group(t, attempt.getGroupId());
    House from = group.getFromId() == null ? null : House.byId(t, group.getFromId());
    byte[] unsigned = attempt.getUnsigned();
    Anchor anchor = desk.anchor(GroupRows.anchor(t, group.getGroupId()), unsigned);
    GuardEntry entry =
        new GuardEntry(
            anchor,
            attempt.getKind().equals("CANCEL") ? GuardEntry.NOBODY : payees(t, group),
            attempt.getNumber(),
            Digest.of(attempt.getDigest()),
            desk.digests(unsigned));
    Long cursor =
        t.select(CUSTODY_CHAINS.CURSOR_HEIGHT)
            .from(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .fetchOne(CUSTODY_CHAINS.CURSOR_HEIGHT);
    boolean ours = desk.isOurs(t, group, unsigned);
    return new Waiting(group, attempt, from, entry, ours, cursor == null ? 0 : cursor);
  }

  private Digest payees(DSLContext t, CustodyGroupsRecord group) {
    Asset asset = assets.get(group.getAsset());
    String contract = asset == null ? null : asset.contract();
    String name = contract == null ? chain.name() : contract;
    List<Payee> payees =
        GroupRows.payees(t, group.getGroupId()).stream()
            .map(payee -> Payee.of(name, payee.getScript(), payee.getAtoms()))
            .toList();
    return Payee.digest(payees);
  }

  private void signed(DSLContext t, long attempt, Desk.Signed signed) {
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.RAW, signed.raw())
        .set(CUSTODY_ATTEMPTS.TXID, HexFormat.of().parseHex(signed.txid()))
        .set(CUSTODY_ATTEMPTS.STATE, "SIGNED")
        .where(CUSTODY_ATTEMPTS.ATTEMPT_ID.eq(attempt))
        .and(CUSTODY_ATTEMPTS.STATE.eq("INTENT"))
        .execute();
  }

  private void exported(DSLContext t, Waiting waiting) {
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.EXPORTED, true)
        .where(CUSTODY_ATTEMPTS.ATTEMPT_ID.eq(waiting.attempt().getAttemptId()))
        .execute();
    GroupRows.attention(
        t, waiting.group().getGroupId(), "waits for a signature from outside", clock.instant());
  }

  /** The guard knows of something that this database does not: nobody signs until people looked. */
  private void refused(DSLContext t, Waiting waiting, String message) {
    GroupRows.attention(t, waiting.group().getGroupId(), message, clock.instant());
    Halts.chain(
        t,
        chain,
        "the guard refuses payout " + waiting.group().getGroupId() + ": " + message,
        clock.instant());
  }

  /** The unsigned transaction of a group that waits for a signature from outside. */
  CustodyAttemptsRecord exported(DSLContext t, long group) {
    CustodyAttemptsRecord last = GroupRows.attempts(t, group).getLast();
    if (!last.getExported() || !last.getState().equals("INTENT")) {
      throw new IllegalArgumentException("group " + group + " waits for no signature");
    }
    return last;
  }

  /** Takes the signature of an exported attempt. */
  void imported(long group, byte[] raw) {
    transactions.run(t -> {
      CustodyGroupsRecord row = GroupRows.locked(t, group);
      CustodyAttemptsRecord attempt = exported(t, group);
      House from = row.getFromId() == null ? null : House.byId(t, row.getFromId());
      Desk.Signed signed = desk.imported(from, attempt.getUnsigned(), raw);
      if (!guard.contains(Digest.of(attempt.getDigest()))) {
        throw new IllegalStateException("the guard does not know what was exported");
      }
      signed(t, attempt.getAttemptId(), signed);
      GroupRows.attention(t, group, null, clock.instant());
    });
  }
}
