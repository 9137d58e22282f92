package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.Findings;
import org.fondaco.custody.scan.Received;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Credits what comes in at most once, and exactly once if it stays (CUSTODY_FLOWS.md, section 2).
 * Stateless: every method works in the caller's transaction.
 */
public final class Deposits implements Findings, OutboxListener {
  private final Map<Integer, AssetSettings> assets = new HashMap<>();
  private final InstantSource clock;
  private final Holes holes;
  private final Arrivals arrivals;
  private final Confirmations confirmations;

  public Deposits(Collection<ChainSettings> chains, InstantSource clock) {
    Map<ChainName, ChainSettings> byName = new HashMap<>();
    for (ChainSettings chain : chains) {
      byName.put(chain.chain(), chain);
      chain.assets().forEach(a -> assets.put(a.asset().id(), a));
    }
    this.clock = clock;
    Map<Integer, Asset> plain = new HashMap<>();
    assets.forEach((id, settings) -> plain.put(id, settings.asset()));
    this.holes = new Holes(plain, clock);
    this.arrivals = new Arrivals(assets, holes, clock);
    this.confirmations = new Confirmations(byName, assets, holes, clock);
  }

  private AssetSettings settings(int asset) {
    return Objects.requireNonNull(assets.get(asset), () -> "asset " + asset + " has no settings");
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  // D1, D1b, D3, and the return of what was credited.

  @Override
  public void received(DSLContext t, Received received) {
    arrivals.received(t, List.of(received));
  }

  @Override
  public void received(DSLContext t, List<Received> all) {
    arrivals.received(t, all);
  }

  // D4, D8, D10: the cursor has moved up.

  @Override
  public void connected(DSLContext t, ChainName chain, BlockReference block) {
    confirmations.connected(t, chain, block);
  }

  // D2, D6, D7: a block has left.

  @Override
  public void disconnected(DSLContext t, ChainName chain, BlockReference block) {
    DepositRows.lock(t);
    t.selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.CHAIN.eq(chain.name()))
        .and(CUSTODY_DEPOSITS.HEIGHT.eq(block.height()))
        .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)
        .fetch()
        .forEach(row -> disconnect(t, row));
  }

  private void disconnect(DSLContext t, CustodyDepositsRecord row) {
    boolean awaited =
        DepositRows.state(row) == DepositState.CONFIRMED
            && !Outbox.withdraw(t, DepositRows.command(row, "credit"));
    DepositRows.takeOffChain(row);
    row.setChangedAt(now());
    if (awaited) {
      // D6: the engine may have it; the answer decides. The command keeps its key.
      row.update();
      return;
    }
    row.setReorgs(row.getReorgs() + 1);
    DepositState state = DepositRows.state(row);
    if (state == DepositState.SUSPENSE) {
      Breaks.close(
          t,
          row.getAsset(),
          Breaks.Cause.CREDIT_REJECTED,
          DepositRows.key(row),
          "its block has left the chain",
          clock.instant());
    }
    if (state == DepositState.WRITTEN_OFF) {
      row.update();
    } else if (row.getCredited() > 0) {
      row.setState(DepositState.CREDITED_ORPHANED.name());
      row.update();
      holes.open(t, row);
    } else {
      row.setState(DepositState.ORPHANED.name());
      row.update();
    }
  }

  // D5, D7, D9: the engine has answered.

  @Override
  public void answered(DSLContext t, long depositId, LedgerCommand command, Answer answer) {
    DepositRows.lock(t);
    CustodyDepositsRecord row =
        Objects.requireNonNull(row(t, depositId), "no deposit " + depositId);
    switch (command) {
      case LedgerCommand.Credit credit -> credited(t, row, credit, answer);
      case LedgerCommand.Adjust adjust -> holes.writtenOff(t, row, adjust, answer);
      case LedgerCommand.Freeze _, LedgerCommand.Unfreeze _ -> {
        if (!answer.applied()) {
          Breaks.open(
              t,
              row.getAsset(),
              Breaks.Cause.FREEZE_REJECTED,
              DepositRows.key(row),
              BigInteger.ZERO,
              command + ": " + answer.reason(),
              clock.instant());
        }
      }
      case LedgerCommand.Reserve _,
          LedgerCommand.Post _,
          LedgerCommand.PostInside _,
          LedgerCommand.Void _,
          LedgerCommand.Expense _,
          LedgerCommand.Mark _ ->
          throw new IllegalStateException(command + " is no command of a deposit");
    }
  }

  @Override
  public void answered(DSLContext t, List<Answered> all) {
    DepositRows.lock(t);
    Set<Long> settled = DepositRows.credited(t, credits(all), now());
    for (Answered one : all) {
      boolean done =
          one.command() instanceof LedgerCommand.Credit && settled.contains(one.subjectId());
      if (!done) {
        answered(t, one.subjectId(), one.command(), one.answer());
      }
    }
  }

  /** Applied credits by deposit; none of a deposit that has more than one answer. */
  private static Map<Long, Long> credits(List<Answered> all) {
    Map<Long, Long> credits = new LinkedHashMap<>();
    Set<Long> subjects = new HashSet<>();
    for (Answered one : all) {
      boolean first = subjects.add(one.subjectId());
      if (first && one.command() instanceof LedgerCommand.Credit c && one.answer().applied()) {
        credits.put(one.subjectId(), c.amount());
      } else if (!first) {
        credits.remove(one.subjectId());
      }
    }
    return credits;
  }

  private void credited(
      DSLContext t, CustodyDepositsRecord row, LedgerCommand.Credit credit, Answer answer) {
    row.setChangedAt(now());
    if (answer.applied()) {
      row.setCredited(Math.addExact(row.getCredited(), credit.amount()));
      row.setCreditedAt(now());
      holes.settle(t, row);
      return;
    }
    if (!DepositRows.onChain(row)) {
      holes.settle(t, row);
      return;
    }
    row.setState(DepositState.SUSPENSE.name());
    row.setMemo(answer.reason());
    row.update();
    String why = "the ledger refused " + credit + ": " + answer.reason();
    Breaks.open(
        t,
        row.getAsset(),
        Breaks.Cause.CREDIT_REJECTED,
        DepositRows.key(row),
        settings(row.getAsset()).asset().atoms(credit.amount()),
        why,
        clock.instant());
    t.update(CUSTODY_ASSETS)
        .set(CUSTODY_ASSETS.HALTED, why)
        .set(CUSTODY_ASSETS.HALTED_AT, now())
        .where(CUSTODY_ASSETS.ASSET.eq(row.getAsset()))
        .and(CUSTODY_ASSETS.HALTED.isNull())
        .execute();
  }

  private static @Nullable CustodyDepositsRecord row(DSLContext t, long depositId) {
    return t.selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.DEPOSIT_ID.eq(depositId))
        .fetchOne();
  }

  // Two people's decisions.

  /**
   * D9: takes a credit without coins back, in the transaction of the second person's approval.
   *
   * @param from who bears it: the customer, the house, or suspense
   * @throws DepositException when the deposit has no such credit
   */
  public void writeOff(DSLContext t, long depositId, long from) {
    DepositRows.lock(t);
    CustodyDepositsRecord row = row(t, depositId);
    if (row == null
        || DepositRows.state(row) != DepositState.CREDITED_ORPHANED
        || DepositRows.hole(row) == 0) {
      throw new DepositException("deposit " + depositId + " is no credit without coins");
    }
    holes.writeOff(t, row, from);
  }

  /**
   * Says whose an unattributed, refused or written-off and returned deposit is, in the transaction
   * of the second person's approval; it is credited when it is deep enough.
   *
   * @param account a customer, the house, or suspense
   * @throws DepositException when the deposit does not wait for that
   */
  public void attribute(DSLContext t, long depositId, long account) {
    DepositRows.lock(t);
    CustodyDepositsRecord row = row(t, depositId);
    if (row == null || !DepositRows.onChain(row)) {
      throw new DepositException("deposit " + depositId + " is on no block");
    }
    boolean waits =
        switch (DepositRows.state(row)) {
          case UNATTRIBUTED, SUSPENSE, BELOW_MIN -> true;
          case WRITTEN_OFF -> row.getCredited() == 0;
          case SEEN, ORPHANED, CONFIRMED, CREDITED, CREDITED_ORPHANED, FINAL -> false;
        };
    if (!waits || row.getUnits() == 0) {
      throw new DepositException(
          "deposit %d is %s with %d units: nothing to attribute"
              .formatted(depositId, row.getState(), row.getUnits()));
    }
    if (row.getCredited() > 0 && !Objects.equals(row.getAccount(), account)) {
      throw new DepositException(
          "deposit %d is credited to %d in part".formatted(depositId, row.getAccount()));
    }
    if (DepositRows.state(row) == DepositState.SUSPENSE) {
      Breaks.close(
          t,
          row.getAsset(),
          Breaks.Cause.CREDIT_REJECTED,
          DepositRows.key(row),
          "attributed to " + account,
          clock.instant());
    }
    row.setAccount(account);
    row.setAttributed(true);
    row.setReorgs(row.getReorgs() + 1);
    row.setState(DepositState.SEEN.name());
    row.setChangedAt(now());
    row.update();
  }
}
