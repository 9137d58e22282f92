package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSIT_FILLS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSIT_SPENDS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.db.schema.tables.CustodyDepositSpends;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Credits that lost their coins (D7 to D9): the account is stopped while it has one, and the coins
 * of a transaction that spends the same input or nonce stand for it.
 */
final class Holes {
  /** The engine's counterpart of what customers own. */
  private static final long CUSTODY = 1;

  /** Accounts below are the venue's own and are never stopped. */
  private static final long FIRST_CUSTOMER = 1_000;

  /** What keeps an account stopped: until its coins are deep again, filled, or written off. */
  private static final Condition STOPS =
      CUSTODY_DEPOSITS
          .STATE
          .eq(DepositState.CREDITED_ORPHANED.name())
          .or(
              CUSTODY_DEPOSITS
                  .STATE
                  .eq(DepositState.WRITTEN_OFF.name())
                  .and(CUSTODY_DEPOSITS.CREDITED.gt(0L)));

  private final Map<Integer, Asset> assets;
  private final InstantSource clock;

  Holes(Map<Integer, Asset> assets, InstantSource clock) {
    this.assets = Map.copyOf(assets);
    this.clock = clock;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private BigInteger atoms(CustodyDepositsRecord row, long units) {
    return Objects.requireNonNull(assets.get(row.getAsset())).atoms(units);
  }

  private static Subject subject(CustodyDepositsRecord row) {
    return new Subject(Subject.Kind.DEPOSIT, row.getDepositId());
  }

  static void send(DSLContext t, CustodyDepositsRecord row, String kind, LedgerCommand command) {
    String key = DepositRows.command(row, kind);
    if (!Outbox.add(t, key, command, subject(row))) {
      throw new IllegalStateException("the command " + key + " was written before");
    }
  }

  /** The credits of deposits that were confirmed together. */
  static void sendCredits(DSLContext t, List<CustodyDepositsRecord> rows) {
    List<Outbox.Entry> entries = new ArrayList<>();
    for (CustodyDepositsRecord row : rows) {
      entries.add(
          new Outbox.Entry(
              DepositRows.command(row, "credit"),
              new LedgerCommand.Credit(
                  row.getAccount(), row.getAsset(), row.getUnits() - row.getCredited()),
              subject(row)));
    }
    int added = Outbox.add(t, entries);
    if (added != entries.size()) {
      throw new IllegalStateException(
          (entries.size() - added) + " commands of deposits were written before");
    }
  }

  /** D7: the row is CREDITED_ORPHANED now. */
  void open(DSLContext t, CustodyDepositsRecord row) {
    refresh(t, row);
    if (isCustomer(row) && !stopped(t, row.getAccount(), row.getDepositId())) {
      send(t, row, "freeze", new LedgerCommand.Freeze(row.getAccount()));
    }
  }

  /** The break tells how much is missing now. */
  void refresh(DSLContext t, CustodyDepositsRecord row) {
    if (DepositRows.state(row) == DepositState.CREDITED_ORPHANED) {
      Breaks.open(
          t,
          row.getAsset(),
          Breaks.Cause.CREDITED_ORPHANED,
          DepositRows.key(row),
          atoms(row, DepositRows.hole(row)).negate(),
          "deposit " + row.getDepositId() + " of account " + row.getAccount(),
          clock.instant());
    }
  }

  /** The row stops its account no longer. */
  void close(DSLContext t, CustodyDepositsRecord row, String note) {
    Breaks.close(
        t,
        row.getAsset(),
        Breaks.Cause.CREDITED_ORPHANED,
        DepositRows.key(row),
        note,
        clock.instant());
    if (isCustomer(row) && !stopped(t, row.getAccount(), row.getDepositId())) {
      send(t, row, "unfreeze", new LedgerCommand.Unfreeze(row.getAccount()));
    }
  }

  private static boolean isCustomer(CustodyDepositsRecord row) {
    return row.getAccount() != null && row.getAccount() >= FIRST_CUSTOMER;
  }

  private static boolean stopped(DSLContext t, long account, long except) {
    return t.fetchExists(
        t.selectFrom(CUSTODY_DEPOSITS)
            .where(CUSTODY_DEPOSITS.ACCOUNT.eq(account))
            .and(CUSTODY_DEPOSITS.DEPOSIT_ID.ne(except))
            .and(STOPS));
  }

  /** After the engine's answer to a credit: what is on the chain against what was credited. */
  void settle(DSLContext t, CustodyDepositsRecord row) {
    long there = DepositRows.unitsOnChain(row);
    if (DepositRows.onChain(row) && there == row.getCredited()) {
      row.setState(DepositState.CREDITED.name());
      row.update();
      return;
    }
    row.setReorgs(row.getReorgs() + 1);
    if (row.getCredited() > there) {
      row.setState(DepositState.CREDITED_ORPHANED.name());
      row.update();
      open(t, row);
    } else {
      // More came than was credited, or nothing is there and nothing was credited.
      row.setState((DepositRows.onChain(row) ? DepositState.SEEN : DepositState.ORPHANED).name());
      row.update();
    }
  }

  /**
   * D8: a deposit that is deep enough takes over credits of its account whose coins a transaction
   * with the same input or nonce has replaced. The row is changed, not written.
   */
  void fill(DSLContext t, CustodyDepositsRecord row) {
    for (CustodyDepositsRecord hole : rivals(t, row)) {
      long units = Math.min(DepositRows.hole(hole), row.getUnits() - row.getCredited());
      if (units <= 0) {
        continue;
      }
      t.insertInto(CUSTODY_DEPOSIT_FILLS)
          .set(CUSTODY_DEPOSIT_FILLS.HOLE_ID, hole.getDepositId())
          .set(CUSTODY_DEPOSIT_FILLS.FILLER_ID, row.getDepositId())
          .set(CUSTODY_DEPOSIT_FILLS.UNITS, units)
          .set(CUSTODY_DEPOSIT_FILLS.FILLED_AT, now())
          .execute();
      row.setCredited(row.getCredited() + units);
      row.setCreditedAt(now());
      hole.setCredited(hole.getCredited() - units);
      hole.setFilledBy(row.getDepositId());
      hole.setChangedAt(now());
      if (hole.getCredited() == 0 && !DepositRows.onChain(hole)) {
        hole.setState(DepositState.ORPHANED.name());
        hole.update();
        close(t, hole, "filled by deposit " + row.getDepositId());
      } else {
        hole.update();
        refresh(t, hole);
      }
    }
  }

  /**
   * True while the engine has not said whether a rival is credited, or whether its credit is taken
   * back: until then nobody knows how large the hole is.
   */
  static boolean undecided(DSLContext t, CustodyDepositsRecord row) {
    return t.fetchExists(
        t.selectFrom(CUSTODY_DEPOSITS)
            .where(isRival(row))
            .and(
                CUSTODY_DEPOSITS
                    .STATE
                    .eq(DepositState.CONFIRMED.name())
                    .and(CUSTODY_DEPOSITS.HEIGHT.isNull())
                    .or(
                        CUSTODY_DEPOSITS
                            .STATE
                            .eq(DepositState.WRITTEN_OFF.name())
                            .and(CUSTODY_DEPOSITS.CREDITED.gt(0L)))));
  }

  private static List<CustodyDepositsRecord> rivals(DSLContext t, CustodyDepositsRecord row) {
    return t.selectFrom(CUSTODY_DEPOSITS)
        .where(isRival(row))
        .and(CUSTODY_DEPOSITS.STATE.eq(DepositState.CREDITED_ORPHANED.name()))
        .and(DepositRows.HOLE)
        .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)
        .fetch();
  }

  /** Another deposit of the account and asset whose transaction spends something of this one's. */
  private static Condition isRival(CustodyDepositsRecord row) {
    CustodyDepositSpends mine = CUSTODY_DEPOSIT_SPENDS.as("mine");
    CustodyDepositSpends theirs = CUSTODY_DEPOSIT_SPENDS.as("theirs");
    return CUSTODY_DEPOSITS
        .ACCOUNT
        .eq(row.getAccount())
        .and(CUSTODY_DEPOSITS.CHAIN.eq(row.getChain()))
        .and(CUSTODY_DEPOSITS.ASSET.eq(row.getAsset()))
        .and(CUSTODY_DEPOSITS.DEPOSIT_ID.ne(row.getDepositId()))
        .and(
            CUSTODY_DEPOSITS.TXID.in(
                DSL.select(theirs.TXID)
                    .from(mine)
                    .join(theirs)
                    .on(theirs.CHAIN.eq(mine.CHAIN).and(theirs.SPEND.eq(mine.SPEND)))
                    .where(mine.CHAIN.eq(row.getChain()))
                    .and(mine.TXID.eq(row.getTxid()))));
  }

  /** D9: of a credit with some of its coins only what is missing. */
  void writeOff(DSLContext t, CustodyDepositsRecord row, long from) {
    send(
        t,
        row,
        "writeoff",
        new LedgerCommand.Adjust(from, CUSTODY, row.getAsset(), DepositRows.hole(row)));
    row.setState(DepositState.WRITTEN_OFF.name());
    row.setChangedAt(now());
    row.update();
  }

  /** D9's answer. */
  void writtenOff(
      DSLContext t, CustodyDepositsRecord row, LedgerCommand.Adjust adjust, Answer answer) {
    row.setChangedAt(now());
    if (answer.applied()) {
      row.setCredited(row.getCredited() - adjust.amount());
      if (row.getCredited() == 0) {
        row.update();
      } else {
        settle(t, row);
      }
      if (DepositRows.state(row) != DepositState.CREDITED_ORPHANED) {
        close(t, row, "written off");
      }
      Breaks.close(
          t,
          row.getAsset(),
          Breaks.Cause.WRITE_OFF_REJECTED,
          DepositRows.key(row),
          "written off",
          clock.instant());
      return;
    }
    row.setReorgs(row.getReorgs() + 1);
    row.setState(DepositState.CREDITED_ORPHANED.name());
    row.update();
    refresh(t, row);
    Breaks.open(
        t,
        row.getAsset(),
        Breaks.Cause.WRITE_OFF_REJECTED,
        DepositRows.key(row),
        BigInteger.ZERO,
        adjust + ": " + answer.reason(),
        clock.instant());
  }
}
