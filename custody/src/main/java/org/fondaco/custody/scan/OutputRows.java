package org.fondaco.custody.scan;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** A block's outputs of ours as rows, all in one statement. */
final class OutputRows {
  private static final HexFormat HEX = HexFormat.of();

  private static final String INSERT =
      """
      insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin,
        spent_height, spent_txid)
      select {0}, o.txid, o.vout, o.address_id, o.atoms, o.coinbase, {1}, {2}, o.origin,
        case when o.spender <> '' then {1} end, case when o.spender <> '' then decode(o.spender, 'hex') end
      from unnest({3}, {4}, {5}, {6}, {7}, {8}, {9})
        as o(txid, vout, address_id, atoms, coinbase, origin, spender)
      on conflict do nothing\
      """;

  private OutputRows() {}

  /**
   * Writes them.
   *
   * @throws ChainContradiction when one is there already
   */
  static void insert(
      DSLContext t, ChainName chain, BlockReference block, List<OutputReader.Arrived> outputs) {
    int count = outputs.size();
    if (count == 0) {
      return;
    }
    byte[][] txids = new byte[count][];
    Integer[] vouts = new Integer[count];
    Long[] addresses = new Long[count];
    BigInteger[] atoms = new BigInteger[count];
    Boolean[] coinbases = new Boolean[count];
    String[] origins = new String[count];
    String[] spenders = new String[count];
    for (int i = 0; i < count; i++) {
      OutputReader.Arrived one = outputs.get(i);
      OutputReader.Found found = one.found();
      String spender = one.spender();
      txids[i] = HEX.parseHex(found.transaction().txid());
      vouts[i] = found.output().vout();
      addresses[i] = found.watched().addressId();
      atoms[i] = found.output().atoms();
      coinbases[i] = found.transaction().coinbase();
      origins[i] = one.origin();
      spenders[i] = spender == null ? "" : spender;
    }
    int written =
        t.execute(
            INSERT,
            DSL.val(chain.name()),
            DSL.val(block.height()),
            DSL.val(HEX.parseHex(block.hash())),
            DSL.val(txids),
            DSL.val(vouts),
            DSL.val(addresses),
            DSL.val(atoms),
            DSL.val(coinbases),
            DSL.val(origins),
            DSL.val(spenders));
    if (written != count) {
      throw new ChainContradiction(
          "%d of %d outputs of block %s are in an earlier block already, or twice in it; the first is %s"
              .formatted(count - written, count, block, first(t, chain, block, outputs)));
    }
  }

  private static String first(
      DSLContext t, ChainName chain, BlockReference block, List<OutputReader.Arrived> outputs) {
    for (OutputReader.Arrived one : outputs) {
      boolean earlier =
          t.fetchSingle(
                  "select exists (select from custody_outputs where chain = {0} and txid = {1}"
                      + " and vout = {2} and height < {3})",
                  DSL.val(chain.name()),
                  DSL.val(HEX.parseHex(one.found().transaction().txid())),
                  DSL.val(one.found().output().vout()),
                  DSL.val(block.height()))
              .get(0, Boolean.class);
      if (earlier) {
        return one.found().point().toString();
      }
    }
    return "one of this block";
  }
}
