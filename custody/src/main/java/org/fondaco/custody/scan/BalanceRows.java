package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What a block did to balances of ours as rows, all in one statement. */
final class BalanceRows {
  private static final HexFormat HEX = HexFormat.of();

  private static final String INSERT =
      """
      insert into custody_balance_changes (chain, height, block_hash, address_id, asset, atoms, cause, txid, ordinal)
      select {0}, {1}, {2}, c.address_id, c.asset, c.atoms, c.cause, c.txid, c.ordinal
      from unnest({3}, {4}, {5}, {6}, {7}, {8}) as c(address_id, asset, atoms, cause, txid, ordinal)\
      """;

  private BalanceRows() {}

  /**
   * A change.
   *
   * @param atoms below zero = left
   * @param cause as the table knows it
   * @param ordinal of the log within its receipt, -1 = the coin itself
   */
  record Change(
      long addressId, int asset, BigInteger atoms, String cause, String txid, int ordinal) {

    /** The same each time its block is read. */
    String key() {
      return addressId + "|" + asset + "|" + atoms + "|" + txid + "|" + ordinal;
    }
  }

  /** Keys of a height's changes that its transactions made. */
  static List<String> known(DSLContext t, ChainName chain, long height) {
    return t.selectFrom(CUSTODY_BALANCE_CHANGES)
        .where(CUSTODY_BALANCE_CHANGES.CHAIN.eq(chain.name()))
        .and(CUSTODY_BALANCE_CHANGES.HEIGHT.eq(height))
        .and(CUSTODY_BALANCE_CHANGES.TXID.isNotNull())
        .fetch(row ->
            new Change(
                    row.getAddressId(),
                    row.getAsset(),
                    row.getAtoms(),
                    row.getCause(),
                    HEX.formatHex(row.getTxid()),
                    row.getOrdinal())
                .key());
  }

  static void insert(DSLContext t, ChainName chain, BlockReference block, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    t.execute(
        INSERT,
        DSL.val(chain.name()),
        DSL.val(block.height()),
        DSL.val(HEX.parseHex(block.hash())),
        DSL.val(changes.stream().map(Change::addressId).toArray(Long[]::new)),
        DSL.val(changes.stream().map(Change::asset).toArray(Integer[]::new)),
        DSL.val(changes.stream().map(Change::atoms).toArray(BigInteger[]::new)),
        DSL.val(changes.stream().map(Change::cause).toArray(String[]::new)),
        DSL.val(changes.stream().map(one -> HEX.parseHex(one.txid())).toArray(byte[][]::new)),
        DSL.val(changes.stream().map(Change::ordinal).toArray(Integer[]::new)));
  }
}
