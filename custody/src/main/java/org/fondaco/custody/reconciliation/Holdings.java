package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What is ours on the chains by custody's rows, at the cursors of one snapshot. */
record Holdings(Map<ChainName, Cursor> cursors, List<Output> outputs, List<Balance> balances) {
  private static final HexFormat HEX = HexFormat.of();

  /** The last block that the rows know of a chain. */
  record Cursor(long height, String hash) {}

  /** An unspent output. */
  record Output(ChainName chain, CoreBlock.OutPoint point, BigInteger atoms) {}

  /**
   * What an account of ours has of an asset.
   *
   * @param address 20 bytes in hexadecimal
   */
  record Balance(ChainName chain, int asset, String address, BigInteger atoms) {}

  static Holdings read(DSLContext t) {
    Map<ChainName, Cursor> cursors = new TreeMap<>();
    t.selectFrom(CUSTODY_CHAINS)
        .forEach(row ->
            cursors.put(
                ChainName.valueOf(row.getChain()),
                new Cursor(row.getCursorHeight(), HEX.formatHex(row.getCursorHash()))));
    List<Output> outputs =
        t.selectFrom(CUSTODY_OUTPUTS)
            .where(CUSTODY_OUTPUTS.SPENT_HEIGHT.isNull())
            .fetch(row ->
                new Output(
                    ChainName.valueOf(row.getChain()),
                    new CoreBlock.OutPoint(HEX.formatHex(row.getTxid()), row.getVout()),
                    row.getAtoms()));
    return new Holdings(cursors, outputs, balances(t));
  }

  /**
   * Of every account that should have something, and of the house's; where nothing should be,
   * nothing can be missing, and what is there all the same is the scanner's to find.
   */
  private static List<Balance> balances(DSLContext t) {
    var sum = DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS);
    List<Balance> balances = new ArrayList<>();
    t.select(
            CUSTODY_BALANCE_CHANGES.CHAIN,
            CUSTODY_BALANCE_CHANGES.ASSET,
            CUSTODY_ADDRESSES.SCRIPT,
            sum)
        .from(CUSTODY_BALANCE_CHANGES)
        .join(CUSTODY_ADDRESSES)
        .on(CUSTODY_ADDRESSES.ADDRESS_ID.eq(CUSTODY_BALANCE_CHANGES.ADDRESS_ID))
        .groupBy(
            CUSTODY_BALANCE_CHANGES.CHAIN,
            CUSTODY_BALANCE_CHANGES.ASSET,
            CUSTODY_ADDRESSES.ADDRESS_ID)
        .having(sum.ne(BigDecimal.ZERO).or(CUSTODY_ADDRESSES.TIER.ne("CUSTOMER")))
        .forEach(row ->
            balances.add(
                new Balance(
                    ChainName.valueOf(row.value1()),
                    row.value2(),
                    HEX.formatHex(row.value3()),
                    row.value4().toBigIntegerExact())));
    return balances;
  }

  /** Sum of an asset. */
  BigInteger recorded(Asset asset) {
    BigInteger sum = BigInteger.ZERO;
    for (Balance balance : balances) {
      if (balance.asset() == asset.id()) {
        sum = sum.add(balance.atoms());
      }
    }
    for (Output output : outputs) {
      if (asset.isCoin() && output.chain() == asset.chain()) {
        sum = sum.add(output.atoms());
      }
    }
    return sum;
  }
}
