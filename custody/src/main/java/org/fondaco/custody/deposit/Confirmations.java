package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
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
    ChainSettings settings = Objects.requireNonNull(chains.get(chain));
    Condition mayBeDeep = mayBeDeep(settings, cursor);
    if (t.fetchExists(CUSTODY_DEPOSITS, mayBeDeep)) {
      // Under the lock nobody else changes what was read.
      DepositRows.lock(t);
      confirmDeep(
          t,
          settings,
          cursor,
          t.selectFrom(CUSTODY_DEPOSITS)
              .where(mayBeDeep)
              .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID)
              .fetch());
    }
    t.update(CUSTODY_DEPOSITS)
        .set(CUSTODY_DEPOSITS.STATE, DepositState.FINAL.name())
        .set(CUSTODY_DEPOSITS.CHANGED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .where(CUSTODY_DEPOSITS.CHAIN.eq(chain.name()))
        .and(CUSTODY_DEPOSITS.STATE.eq(DepositState.CREDITED.name()))
        .and(CUSTODY_DEPOSITS.HEIGHT.le(cursor.height() - settings.maxReorg()))
        .execute();
  }

  /** On the chain, waiting, and as deep as the least amount of the asset has to be. */
  private static Condition mayBeDeep(ChainSettings settings, BlockReference cursor) {
    Condition deep = DSL.noCondition();
    for (AssetSettings asset : settings.assets()) {
      deep =
          deep.or(
              CUSTODY_DEPOSITS
                  .ASSET
                  .eq(asset.asset().id())
                  .and(CUSTODY_DEPOSITS.HEIGHT.le(cursor.height() + 1 - asset.confirmations(0))));
    }
    return CUSTODY_DEPOSITS
        .CHAIN
        .eq(settings.chain().name())
        .and(
            CUSTODY_DEPOSITS.STATE.in(
                DepositState.SEEN.name(), DepositState.CREDITED_ORPHANED.name()))
        .and(deep);
  }

  private void confirmDeep(
      DSLContext t,
      ChainSettings settings,
      BlockReference cursor,
      List<CustodyDepositsRecord> waiting) {
    Map<Key, Long> shallow = shallow(t, settings, cursor, waiting);
    boolean contested = contested(t, settings.chain());
    List<CustodyDepositsRecord> plain = new ArrayList<>();
    for (CustodyDepositsRecord row : waiting) {
      if (!isDeep(row, cursor, shallow)) {
        continue;
      }
      if (!contested && row.getUnits() > row.getCredited()) {
        plain.add(row);
      } else {
        // A deposit before this one may have filled its hole.
        row.refresh();
        if (!Holes.undecided(t, row)) {
          confirm(t, row);
        }
      }
    }
    confirmPlain(t, plain);
  }

  /** Whether any credit of the chain stands without its coins, or may come to. */
  private static boolean contested(DSLContext t, ChainName chain) {
    return t.fetchExists(
        CUSTODY_DEPOSITS, CUSTODY_DEPOSITS.CHAIN.eq(chain.name()).and(DepositRows.CONTESTED));
  }

  /** Deposits that no other one has to do with. */
  private void confirmPlain(DSLContext t, List<CustodyDepositsRecord> rows) {
    if (rows.isEmpty()) {
      return;
    }
    t.update(CUSTODY_DEPOSITS)
        .set(CUSTODY_DEPOSITS.STATE, DepositState.CONFIRMED.name())
        .set(CUSTODY_DEPOSITS.CHANGED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .where(
            CUSTODY_DEPOSITS.DEPOSIT_ID.eq(
                DSL.any(
                    rows.stream().map(CustodyDepositsRecord::getDepositId).toArray(Long[]::new))))
        .execute();
    Holes.sendCredits(t, rows);
  }

  private boolean isDeep(CustodyDepositsRecord row, BlockReference cursor, Map<Key, Long> shallow) {
    AssetSettings settings = Objects.requireNonNull(assets.get(row.getAsset()));
    long confirmations = cursor.height() - row.getHeight() + 1;
    if (row.getCoinbase() && confirmations < COINBASE_CONFIRMATIONS) {
      return false;
    }
    return confirmations >= settings.confirmationsMax()
        || confirmations
            >= settings.confirmations(
                shallow.getOrDefault(new Key(row.getAccount(), row.getAsset()), 0L));
  }

  private record Key(long account, int asset) {}

  /**
   * Units of customers that a reorganisation could still take, credited ones included: a large
   * amount in small pieces waits as long as in one. Confirming one deposit changes none of them.
   */
  private static Map<Key, Long> shallow(
      DSLContext t,
      ChainSettings settings,
      BlockReference cursor,
      List<CustodyDepositsRecord> waiting) {
    Map<Key, Long> shallow = new HashMap<>();
    for (AssetSettings asset : settings.assets()) {
      long above = cursor.height() + 1 - asset.confirmationsMax();
      Long[] accounts =
          waiting.stream()
              .filter(row -> row.getAsset() == asset.asset().id() && row.getHeight() > above)
              .map(CustodyDepositsRecord::getAccount)
              .distinct()
              .toArray(Long[]::new);
      if (accounts.length == 0) {
        continue;
      }
      t.select(CUSTODY_DEPOSITS.ACCOUNT, DSL.sum(CUSTODY_DEPOSITS.UNITS))
          .from(CUSTODY_DEPOSITS)
          .where(CUSTODY_DEPOSITS.ACCOUNT.eq(DSL.any(accounts)))
          .and(CUSTODY_DEPOSITS.ASSET.eq(asset.asset().id()))
          .and(CUSTODY_DEPOSITS.HEIGHT.gt(above))
          .and(
              CUSTODY_DEPOSITS.STATE.in(
                  DepositState.SEEN.name(),
                  DepositState.CONFIRMED.name(),
                  DepositState.CREDITED.name(),
                  DepositState.CREDITED_ORPHANED.name(),
                  DepositState.FINAL.name()))
          .groupBy(CUSTODY_DEPOSITS.ACCOUNT)
          .forEach(row ->
              shallow.put(
                  new Key(row.value1(), asset.asset().id()),
                  row.value2().min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact()));
    }
    return shallow;
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
