package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Rows of deposits: what they are called and what is derived from them. */
final class DepositRows {
  static final HexFormat HEX = HexFormat.of();

  /** "fondaco:deposit", cut to 63 bits. */
  private static final long LOCK = 0x66_6f_6e_64_64_65_70_6fL;

  /** A credit of more than what is on the chain. */
  static final Condition HOLE =
      CUSTODY_DEPOSITS.CREDITED.gt(
          DSL.when(CUSTODY_DEPOSITS.HEIGHT.isNull(), 0L).otherwise(CUSTODY_DEPOSITS.UNITS));

  /**
   * Credits without coins, and what may become one or end one: rare, and with an index of their
   * own.
   */
  static final Condition CONTESTED =
      CUSTODY_DEPOSITS
          .STATE
          .eq(DSL.inline(DepositState.CREDITED_ORPHANED.name()))
          .or(
              CUSTODY_DEPOSITS
                  .STATE
                  .eq(DSL.inline(DepositState.CONFIRMED.name()))
                  .and(CUSTODY_DEPOSITS.HEIGHT.isNull()))
          .or(
              CUSTODY_DEPOSITS
                  .STATE
                  .eq(DSL.inline(DepositState.WRITTEN_OFF.name()))
                  .and(CUSTODY_DEPOSITS.CREDITED.gt(DSL.inline(0L))));

  private static final String INSERT =
      """
      insert into custody_deposits (chain, height, block_hash, seen_at, changed_at, reorgs, credited, attributed,
        txid, position, asset, account, address_id, atoms, units, residue, coinbase, state, memo)
      select {0}, {1}, {2}, {3}, {3}, 0, 0, false, d.*
      from unnest({4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13}, {14}) as d\
      """;

  private static final String CREDITED =
      """
      update custody_deposits d
      set credited = d.units, state = 'CREDITED', credited_at = {0}, changed_at = {0}
      from unnest({1}, {2}) as c(id, units)
      where d.deposit_id = c.id and d.state = 'CONFIRMED' and d.height is not null
        and d.units = d.credited + c.units
      returning d.deposit_id\
      """;

  private DepositRows() {}

  /**
   * One transaction at a time works on deposits: chains and the dispatcher meet at an account's
   * holes, and a freeze must not overtake the release of another. Held until the commit.
   */
  static void lock(DSLContext transaction) {
    transaction.fetch("select pg_advisory_xact_lock({0})", DSL.val(LOCK));
  }

  /** The deposit's key, as breaks and commands name it. */
  static String key(CustodyDepositsRecord row) {
    return row.getChain() + "|" + HEX.formatHex(row.getTxid()) + ":" + row.getPosition();
  }

  /** Business key of a command; the number of reorganisations makes each life its own. */
  static String command(CustodyDepositsRecord row, String kind) {
    return "deposit|" + key(row) + "|" + kind + "|" + row.getReorgs();
  }

  static boolean onChain(CustodyDepositsRecord row) {
    return row.getHeight() != null;
  }

  /** Units that are on the chain now. */
  static long unitsOnChain(CustodyDepositsRecord row) {
    return onChain(row) ? row.getUnits() : 0;
  }

  /** Units that were credited and are not there. */
  static long hole(CustodyDepositsRecord row) {
    return Math.max(0, row.getCredited() - unitsOnChain(row));
  }

  static DepositState state(CustodyDepositsRecord row) {
    return DepositState.valueOf(row.getState());
  }

  static void place(CustodyDepositsRecord row, BlockReference block) {
    row.setHeight(block.height());
    row.setBlockHash(HEX.parseHex(block.hash()));
  }

  static void takeOffChain(CustodyDepositsRecord row) {
    row.setHeight(null);
    row.setBlockHash(null);
  }

  /** Writes new rows of one chain in one statement, in their order. */
  static void insert(DSLContext t, List<CustodyDepositsRecord> rows) {
    if (rows.isEmpty()) {
      return;
    }
    CustodyDepositsRecord first = rows.getFirst();
    t.execute(
        INSERT,
        DSL.val(first.getChain()),
        DSL.val(first.getHeight()),
        DSL.val(first.getBlockHash()),
        DSL.val(first.getSeenAt()),
        DSL.val(column(rows, CustodyDepositsRecord::getTxid, byte[][]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getPosition, String[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getAsset, Integer[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getAccount, Long[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getAddressId, Long[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getAtoms, BigInteger[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getUnits, Long[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getResidue, BigInteger[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getCoinbase, Boolean[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getState, String[]::new)),
        DSL.val(column(rows, CustodyDepositsRecord::getMemo, String[]::new)));
  }

  /**
   * D5 for deposits that are what was credited, in one statement.
   *
   * @param credits units by deposit
   * @return those that are CREDITED now; the others need a look
   */
  static Set<Long> credited(DSLContext t, Map<Long, Long> credits, OffsetDateTime at) {
    if (credits.isEmpty()) {
      return Set.of();
    }
    return t.resultQuery(
            CREDITED,
            DSL.val(at),
            DSL.val(credits.keySet().toArray(Long[]::new)),
            DSL.val(credits.values().toArray(Long[]::new)))
        .fetchSet(0, Long.class);
  }

  private static <T extends @Nullable Object> T[] column(
      List<CustodyDepositsRecord> rows,
      Function<CustodyDepositsRecord, T> value,
      IntFunction<T[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}
