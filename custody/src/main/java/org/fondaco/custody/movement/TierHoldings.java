package org.fondaco.custody.movement;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/** What tiers hold by the scanned blocks. */
final class TierHoldings {
  private static final String BY_TIER =
      """
      select c.asset, a.tier, sum(c.atoms) as atoms
      from custody_balance_changes c join custody_addresses a on a.address_id = c.address_id
      group by c.asset, a.tier
      union all
      select s.asset, a.tier, sum(o.atoms) as atoms
      from custody_outputs o join custody_addresses a on a.address_id = o.address_id
      join custody_assets s on s.chain = o.chain and s.contract is null
      where o.spent_height is null
      group by s.asset, a.tier
      order by asset, tier
      """;

  private static final String OF_OUTPUTS =
      """
      select coalesce(sum(o.atoms), 0) from custody_outputs o
      join custody_addresses a on a.address_id = o.address_id
      where o.chain = {0} and a.tier = {1} and o.spent_height is null
      """;

  private static final String OF_ACCOUNTS =
      """
      select coalesce(sum(c.atoms), 0) from custody_balance_changes c
      join custody_addresses a on a.address_id = c.address_id
      where c.chain = {0} and a.tier = {1} and c.asset = {2}
      """;

  /** Neither P2PKH, nor P2WPKH, nor P2TR. */
  private static final String UNSPENDABLE =
      """
      select exists (
        select from custody_outputs o join custody_addresses a on a.address_id = o.address_id
        where o.chain = {0} and a.tier = {1} and o.spent_height is null
          and length(a.script) not in (22, 25)
          and (length(a.script) <> 34 or get_byte(a.script, 0) <> 81))
      """;

  private TierHoldings() {}

  static List<Movements.Holding> all(DSLContext t) {
    return t.fetch(BY_TIER)
        .map(row ->
            new Movements.Holding(
                row.get("asset", Integer.class),
                row.get("tier", String.class),
                row.get("atoms", BigInteger.class)));
  }

  static BigInteger of(DSLContext t, Asset asset, String tier) {
    String sql = asset.chain().hasOutputs() ? OF_OUTPUTS : OF_ACCOUNTS;
    return t.resultQuery(sql, asset.chain().name(), tier, asset.id())
        .fetchSingle()
        .get(0, BigInteger.class);
  }

  /**
   * Whether a tier has outputs of which its key's public half is not enough to say what is signed.
   */
  static boolean hasForeignForms(DSLContext t, ChainName chain, String tier) {
    return chain.hasOutputs()
        && t.resultQuery(UNSPENDABLE, chain.name(), tier).fetchSingle().get(0, Boolean.class);
  }
}
