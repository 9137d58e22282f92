package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.DSLContext;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** Which deposits are deep enough: for a credit (D4), to fill a hole (D8), for ever (D10). */
final class Confirmations {
  /** Bitcoin's rule for coins that a block makes; before, nobody can spend them. */
  private static final int COINBASE_CONFIRMATIONS = 100;

  private final Map<ChainName, ChainSettings> chains;
  private final Map<Integer, AssetSettings> assets;
  private final Holes holes;
  private final InstantSource clock;

  Confirmations(
      Map<ChainName, ChainSettings> chains,
      Map<Integer, AssetSettings> assets,
      Holes holes,
      InstantSource clock) {
    this.chains = Map.copyOf(chains);
    this.assets = Map.copyOf(assets);
    this.holes = holes;
    this.clock = clock;
  }

  void connected(DSLContext t, ChainName chain, BlockReference cursor) {
    Result<CustodyDepositsRecord> waiting =
        t.selectFrom(CUSTODY_DEPOSITS)
            .where(CUSTODY_DEPOSITS.CHAIN.eq(chain.name()))
            .and(
                CUSTODY_DEPOSITS.STATE.in(
                    DepositState.SEEN.name(), DepositState.CREDITED_ORPHANED.name()))
            .and(CUSTODY_DEPOSITS.HEIGHT.isNotNull())
            .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)
            .fetch();
    if (!waiting.isEmpty()) {
      DepositRows.lock(t);
      for (CustodyDepositsRecord row : waiting) {
        row.refresh();
        if (isDeep(t, row, cursor) && !Holes.undecided(t, row)) {
          confirm(t, row);
        }
      }
    }
    ChainSettings settings = Objects.requireNonNull(chains.get(chain));
    t.update(CUSTODY_DEPOSITS)
        .set(CUSTODY_DEPOSITS.STATE, DepositState.FINAL.name())
        .set(CUSTODY_DEPOSITS.CHANGED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .where(CUSTODY_DEPOSITS.CHAIN.eq(chain.name()))
        .and(CUSTODY_DEPOSITS.STATE.eq(DepositState.CREDITED.name()))
        .and(CUSTODY_DEPOSITS.HEIGHT.le(cursor.height() - settings.maxReorg()))
        .execute();
  }

  private boolean isDeep(DSLContext t, CustodyDepositsRecord row, BlockReference cursor) {
    AssetSettings settings = Objects.requireNonNull(assets.get(row.getAsset()));
    long confirmations = cursor.height() - row.getHeight() + 1;
    if (row.getCoinbase() && confirmations < COINBASE_CONFIRMATIONS) {
      return false;
    }
    return confirmations >= settings.confirmationsMax()
        || confirmations >= settings.confirmations(shallow(t, row, settings, cursor));
  }

  /**
   * Units of the customer that a reorganisation could still take, credited ones included: a large
   * amount in small pieces waits as long as in one.
   */
  private static long shallow(
      DSLContext t, CustodyDepositsRecord row, AssetSettings settings, BlockReference cursor) {
    var sum =
        t.select(DSL.coalesce(DSL.sum(CUSTODY_DEPOSITS.UNITS), DSL.inline(BigDecimal.ZERO)))
            .from(CUSTODY_DEPOSITS)
            .where(CUSTODY_DEPOSITS.ACCOUNT.eq(row.getAccount()))
            .and(CUSTODY_DEPOSITS.ASSET.eq(row.getAsset()))
            .and(CUSTODY_DEPOSITS.HEIGHT.gt(cursor.height() + 1 - settings.confirmationsMax()))
            .and(
                CUSTODY_DEPOSITS.STATE.in(
                    DepositState.SEEN.name(),
                    DepositState.CONFIRMED.name(),
                    DepositState.CREDITED.name(),
                    DepositState.CREDITED_ORPHANED.name(),
                    DepositState.FINAL.name()))
            .fetchSingle()
            .value1();
    return sum.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private void confirm(DSLContext t, CustodyDepositsRecord row) {
    boolean wasHole = DepositRows.state(row) == DepositState.CREDITED_ORPHANED;
    holes.fill(t, row);
    long open = row.getUnits() - row.getCredited();
    row.setChangedAt(clock.instant().atOffset(ZoneOffset.UTC));
    if (open < 0) {
      row.update();
      holes.refresh(t, row);
      return;
    }
    if (open > 0) {
      row.setState(DepositState.CONFIRMED.name());
      row.update();
      Holes.send(
          t, row, "credit", new LedgerCommand.Credit(row.getAccount(), row.getAsset(), open));
    } else {
      row.setState(DepositState.CREDITED.name());
      row.update();
    }
    if (wasHole) {
      holes.close(t, row, "its coins are there again");
    }
  }
}
