package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CUTS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.policy.Halts;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Cuts (CUSTODY_FLOWS.md, sections 6 and 7). Nothing pauses: the ledger says its totals at a Mark,
 * custody's rows are read as of the Mark's number, the nodes are asked at the cursors of the same
 * snapshot. {@link #begin} and {@link #step} belong to one thread at a time.
 */
public final class Reconciliation implements OutboxListener {
  private static final int TRIES_MAX = 5;
  private static final Duration POLL = Duration.ofMillis(20);

  private final Transactions transactions;
  private final DSLContext database;
  private final MarkedTotals marks;
  private final List<Asset> assets;
  private final HoldingsCheck check;
  private final CutFindings findings;
  private final InstantSource clock;
  private final Duration pause;
  private Instant notBefore = Instant.MIN;

  /**
   * Makes the door.
   *
   * @param database for reading in one snapshot
   * @param pause between the first two of five tries to find the nodes at the cursors; each further
   *     pause is twice the one before, because a chain that just mines is ahead of its cursor
   */
  public Reconciliation(
      Transactions transactions,
      DSLContext database,
      MarkedTotals marks,
      List<Asset> assets,
      Map<ChainName, CoreNode> core,
      Map<ChainName, EvmNode> evm,
      AuditPort audit,
      InstantSource clock,
      Duration pause) {
    this.transactions = transactions;
    this.database = database;
    this.marks = marks;
    this.assets = List.copyOf(assets);
    this.check = new HoldingsCheck(core, evm, assets);
    this.findings = new CutFindings(new Halts(clock, audit));
    this.clock = clock;
    this.pause = pause;
  }

  /** After a start: what another process had begun is discarded. */
  public void discardUnfinished() {
    transactions.run(t ->
        t.update(CUSTODY_CUTS)
            .set(CUSTODY_CUTS.STATE, Cut.State.DISCARDED.name())
            .set(CUSTODY_CUTS.NOTE, "its process ended")
            .set(CUSTODY_CUTS.FINISHED_AT, now())
            .where(open())
            .execute());
  }

  /** Begins a cut, or gives the one that is under way. */
  public long begin(String by) {
    return transactions.result(t -> {
      Long underWay =
          t.select(CUSTODY_CUTS.CUT_ID)
              .from(CUSTODY_CUTS)
              .where(open())
              .fetchOne(CUSTODY_CUTS.CUT_ID);
      if (underWay != null) {
        return underWay;
      }
      long cutId =
          t.insertInto(CUSTODY_CUTS)
              .set(CUSTODY_CUTS.STATE, Cut.State.MARKING.name())
              .set(CUSTODY_CUTS.BEGUN_BY, by)
              .set(CUSTODY_CUTS.BEGUN_AT, now())
              .returningResult(CUSTODY_CUTS.CUT_ID)
              .fetchSingle()
              .value1();
      Outbox.add(
          t,
          "cut|" + cutId + "|mark",
          new LedgerCommand.Mark(cutId),
          new Subject(Subject.Kind.CUT, cutId));
      return cutId;
    });
  }

  @Override
  public void answered(DSLContext t, long cutId, LedgerCommand command, Answer answer) {
    Long n =
        t.select(CUSTODY_OUTBOX.N)
            .from(CUSTODY_OUTBOX)
            .where(CUSTODY_OUTBOX.SUBJECT_KIND.eq(Subject.Kind.CUT.name()))
            .and(CUSTODY_OUTBOX.SUBJECT_ID.eq(cutId))
            .fetchOne(CUSTODY_OUTBOX.N);
    t.update(CUSTODY_CUTS)
        .set(
            CUSTODY_CUTS.STATE,
            (answer.applied() ? Cut.State.MARKED : Cut.State.INCONCLUSIVE).name())
        .set(CUSTODY_CUTS.N, n)
        .set(CUSTODY_CUTS.SEQUENCE, answer.sequence())
        .set(CUSTODY_CUTS.NOTE, answer.applied() ? null : "the ledger refused: " + answer.reason())
        .set(CUSTODY_CUTS.FINISHED_AT, answer.applied() ? null : now())
        .where(CUSTODY_CUTS.CUT_ID.eq(cutId))
        .and(CUSTODY_CUTS.STATE.eq(Cut.State.MARKING.name()))
        .execute();
  }

  /**
   * Takes the cut that is under way a step further; false = it waits, or there is none. Callers
   * take turns.
   */
  public synchronized boolean step() {
    Long cutId =
        transactions.result(t ->
            t.select(CUSTODY_CUTS.CUT_ID)
                .from(CUSTODY_CUTS)
                .where(CUSTODY_CUTS.STATE.eq(Cut.State.MARKED.name()))
                .fetchOne(CUSTODY_CUTS.CUT_ID));
    if (cutId == null || clock.instant().isBefore(notBefore)) {
      return false;
    }
    Optional<Snapshot> snapshot = Snapshot.read(database, marks, cutId);
    if (snapshot.isEmpty()) {
      return false;
    }
    HoldingsCheck.Result checked = check.check(snapshot.get().holdings());
    if (checked.inconclusive().isPresent()) {
      int tries = tryAgain(cutId, checked.inconclusive().get());
      notBefore = clock.instant().plus(pause.multipliedBy(1L << (tries - 1)));
    } else {
      conclude(cutId, snapshot.get(), checked);
    }
    return true;
  }

  /** Gives how often was tried. */
  private int tryAgain(long cutId, String why) {
    return transactions.result(t -> {
      int tries =
          t.update(CUSTODY_CUTS)
              .set(CUSTODY_CUTS.TRIES, CUSTODY_CUTS.TRIES.plus(1))
              .set(CUSTODY_CUTS.NOTE, why)
              .where(CUSTODY_CUTS.CUT_ID.eq(cutId))
              .returningResult(CUSTODY_CUTS.TRIES)
              .fetchSingle()
              .value1();
      if (tries >= TRIES_MAX) {
        finish(t, cutId, Cut.State.INCONCLUSIVE, why);
      }
      return tries;
    });
  }

  private void conclude(long cutId, Snapshot snapshot, HoldingsCheck.Result checked) {
    transactions.run(t -> {
      for (Asset asset : assets) {
        Holdings.Cursor cursor = snapshot.holdings().cursors().get(asset.chain());
        if (cursor == null) {
          continue;
        }
        Cut.AssetCut cut = assetCut(asset, cursor, snapshot, checked);
        CutRows.insert(t, cutId, cut);
        findings.write(
            t, cutId, cut, checked.differences(), snapshot.difference(asset.id()), clock.instant());
      }
      finish(t, cutId, Cut.State.DONE, null);
    });
  }

  private static Cut.AssetCut assetCut(
      Asset asset, Holdings.Cursor cursor, Snapshot snapshot, HoldingsCheck.Result checked) {
    BigInteger recorded = snapshot.holdings().recorded(asset);
    BigDecimal own = new BigDecimal(recorded.add(checked.more(asset.id())));
    Terms terms = snapshot.terms().of(asset, snapshot.custody(asset.id()));
    return new Cut.AssetCut(
        asset.id(),
        asset.code(),
        cursor.height(),
        cursor.hash(),
        own,
        new BigDecimal(recorded),
        TermsQuery.atoms(asset, BigDecimal.valueOf(snapshot.customers(asset.id()))),
        terms,
        own.subtract(terms.expected()));
  }

  private void finish(DSLContext t, long cutId, Cut.State state, @Nullable String note) {
    t.update(CUSTODY_CUTS)
        .set(CUSTODY_CUTS.STATE, state.name())
        .set(CUSTODY_CUTS.NOTE, note)
        .set(CUSTODY_CUTS.FINISHED_AT, now())
        .where(CUSTODY_CUTS.CUT_ID.eq(cutId))
        .execute();
  }

  /**
   * Begins a cut and waits for its end; somebody else dispatches the outbox meanwhile.
   *
   * @return the cut as it is when it has ended, or when the time is over
   */
  public Cut run(String by, Duration timeout) {
    long cutId = begin(by);
    long deadline = System.nanoTime() + timeout.toNanos();
    Cut cut = byId(cutId);
    while (cut.finishedAt() == null && System.nanoTime() < deadline) {
      if (!step()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
      cut = byId(cutId);
    }
    return cut;
  }

  /** A cut by its id. */
  public Cut byId(long cutId) {
    return CutRows.byId(database, cutId).orElseThrow();
  }

  /** The newest cut, whatever its state. */
  public Optional<Cut> latest() {
    return CutRows.latest(database);
  }

  /** Open breaks, oldest first. */
  public List<Break> breaks() {
    return database
        .selectFrom(CUSTODY_BREAKS)
        .where(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .orderBy(CUSTODY_BREAKS.OPENED_AT, CUSTODY_BREAKS.BREAK_ID)
        .fetch(row ->
            new Break(
                row.getBreakId(),
                row.getAsset(),
                row.getCause(),
                row.getKey(),
                row.getAtoms(),
                row.getOwner(),
                row.getOpenedAt().toInstant(),
                row.getSeenAt().toInstant(),
                row.getNote() == null ? "" : row.getNote()));
  }

  /** Makes a person the owner of a break; false when it is not open. */
  public boolean own(long breakId, String person) {
    return transactions.result(t ->
        t.update(CUSTODY_BREAKS)
            .set(CUSTODY_BREAKS.OWNER, person)
            .where(CUSTODY_BREAKS.BREAK_ID.eq(breakId))
            .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
            .execute())
        == 1;
  }

  /**
   * An open question.
   *
   * @param atoms below zero = missing
   * @param owner null = nobody's yet
   */
  public record Break(
      long id,
      int asset,
      String cause,
      String key,
      BigInteger atoms,
      @Nullable String owner,
      Instant openedAt,
      Instant seenAt,
      String note) {}

  private static Condition open() {
    return CUSTODY_CUTS.STATE.in(Cut.State.MARKING.name(), Cut.State.MARKED.name());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
