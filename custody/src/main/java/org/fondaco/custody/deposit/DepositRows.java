package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.util.HexFormat;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Rows of deposits: what they are called and what is derived from them. */
final class DepositRows {
  static final HexFormat HEX = HexFormat.of();

  /** "fondaco:deposit", cut to 63 bits. */
  private static final long LOCK = 0x66_6f_6e_64_64_65_70_6fL;

  /** A credit of more than what is on the chain. */
  static final Condition HOLE =
      CUSTODY_DEPOSITS.CREDITED.gt(
          DSL.when(CUSTODY_DEPOSITS.HEIGHT.isNull(), 0L).otherwise(CUSTODY_DEPOSITS.UNITS));

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
}
