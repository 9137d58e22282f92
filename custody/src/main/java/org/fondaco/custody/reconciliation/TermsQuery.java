package org.fondaco.custody.reconciliation;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the terms from custody's rows as of a number of the outbox: a command counts when its
 * number is at most n and the ledger applied it, whatever the state of its subject is now. Rows and
 * cursors move in the same transactions, so every snapshot adds up.
 */
final class TermsQuery {

  /**
   * What a deposit adds: its atoms when it is on the chain, less its credits in the totals. Fills
   * move credits from deposit to deposit.
   */
  private static final String DEPOSITS =
      """
      with booked as (
        select subject_id as id, sum(case kind when 'Credit' then amount else -amount end) as units
        from custody_outbox
        where subject_kind = 'DEPOSIT' and kind in ('Credit', 'Adjust') and n <= {0}
          and outcome = 'APPLIED'
        group by subject_id
      ), moved as (
        select id, sum(units) as units
        from (select filler_id as id, units from custody_deposit_fills
              union all select hole_id, -units from custody_deposit_fills) f
        group by id
      ), deposits as (
        select d.asset, d.atoms, d.units, d.residue, d.height is not null as there,
          coalesce(b.units, 0) + coalesce(m.units, 0) as credited,
          case when d.height is null then 'GONE'
               when d.state = 'WRITTEN_OFF' and d.credited = 0 then 'WRITTEN_OFF'
               when d.account is null or d.state = 'UNATTRIBUTED' then 'UNATTRIBUTED'
               when d.state = 'BELOW_MIN' then 'BELOW_MIN'
               when d.state = 'SEEN' then 'SEEN'
               else 'CONFIRMED' end as class
        from custody_deposits d
        left join booked b on b.id = d.deposit_id
        left join moved m on m.id = d.deposit_id
      )
      select asset, class, sum(case when there then atoms else 0 end) as atoms,
        sum(credited) as credited, sum(residue) as residue,
        sum(greatest(units - credited, 0)) as short, sum(greatest(credited - units, 0)) as over
      from deposits
      group by asset, class
      """;

  /** Withdrawals by whether they are paid on the chain, and posted in the totals. */
  private static final String PAYMENTS =
      """
      with posted as (
        select distinct subject_id as id
        from custody_outbox
        where subject_kind = 'WITHDRAWAL' and kind = 'Post' and n <= {0} and outcome = 'APPLIED'
      ), payments as (
        select g.asset, p.withdrawal_id, max(p.atoms) as atoms,
          count(a.attempt_id) as mined,
          bool_or(o.id is not null) as posted
        from custody_payees p
        join custody_groups g on g.group_id = p.group_id
        left join custody_attempts a on a.group_id = g.group_id and a.kind = 'PAY'
          and a.height is not null and a.succeeded is distinct from false
        left join posted o on o.id = p.withdrawal_id
        where p.withdrawal_id is not null
        group by g.asset, p.withdrawal_id
      )
      select asset,
        coalesce(sum(atoms) filter (where mined > 0 and not posted), 0) as paid,
        coalesce(sum(atoms) filter (where mined = 0 and posted), 0) as orphaned
      from payments
      group by asset
      """;

  private static final String FEES =
      """
      select g.chain, sum(coalesce(a.paid_fee, a.fee_atoms)) as fees
      from custody_attempts a
      join custody_groups g on g.group_id = a.group_id
      where a.height is not null
      group by g.chain
      """;

  private static final String EXPENSES =
      """
      select asset, sum(amount) as units
      from custody_outbox
      where kind = 'Expense' and n <= {0} and outcome = 'APPLIED'
      group by asset
      """;

  private final Map<String, Map<Integer, BigDecimal>> sums = new TreeMap<>();
  private final Map<String, BigDecimal> fees = new TreeMap<>();

  private TermsQuery() {}

  /**
   * Reads everything that the terms need.
   *
   * @param transaction of the cut's snapshot
   * @param n custody's last command in the ledger's totals
   */
  static TermsQuery read(DSLContext transaction, long n) {
    TermsQuery query = new TermsQuery();
    for (Record row : transaction.fetch(DEPOSITS, n)) {
      int asset = row.get("asset", Integer.class);
      String group = row.get("class", String.class);
      for (String column : new String[] {"atoms", "credited", "residue", "short", "over"}) {
        query.put(group + "." + column, asset, row.get(column, BigDecimal.class));
      }
    }
    for (Record row : transaction.fetch(PAYMENTS, n)) {
      int asset = row.get("asset", Integer.class);
      query.put("paid", asset, row.get("paid", BigDecimal.class));
      query.put("orphaned", asset, row.get("orphaned", BigDecimal.class));
    }
    for (Record row : transaction.fetch(EXPENSES, n)) {
      query.put("expenses", row.get("asset", Integer.class), row.get("units", BigDecimal.class));
    }
    for (Record row : transaction.fetch(FEES)) {
      query.fees.put(row.get("chain", String.class), row.get("fees", BigDecimal.class));
    }
    return query;
  }

  private void put(String what, int asset, @Nullable BigDecimal sum) {
    if (sum != null) {
      sums.computeIfAbsent(what, _ -> new TreeMap<>()).put(asset, sum);
    }
  }

  private BigDecimal sum(String what, Asset asset) {
    return sums.getOrDefault(what, Map.of()).getOrDefault(asset.id(), BigDecimal.ZERO);
  }

  /**
   * The terms of an asset.
   *
   * @param custody balance of its custody account, units
   */
  Terms of(Asset asset, long custody) {
    BigDecimal net =
        asset.isCoin()
            ? fees.getOrDefault(asset.chain().name(), BigDecimal.ZERO)
                .subtract(atoms(asset, sum("expenses", asset)))
            : BigDecimal.ZERO;
    return new Terms(
        atoms(asset, BigDecimal.valueOf(custody).negate()),
        open("SEEN", asset),
        atoms(asset, sum("CONFIRMED.short", asset)),
        open("BELOW_MIN", asset),
        sum("CONFIRMED.residue", asset),
        open("UNATTRIBUTED", asset),
        open("WRITTEN_OFF", asset),
        sum("paid", asset),
        net.max(BigDecimal.ZERO),
        atoms(asset, sum("CONFIRMED.over", asset).add(sum("GONE.credited", asset))),
        sum("orphaned", asset).add(net.negate().max(BigDecimal.ZERO)));
  }

  /** Atoms of a class that no credit in the totals stands for. */
  private BigDecimal open(String group, Asset asset) {
    return sum(group + ".atoms", asset).subtract(atoms(asset, sum(group + ".credited", asset)));
  }

  /** An amount of units in atoms; where a unit is less than an atom it need not be whole. */
  static BigDecimal atoms(Asset asset, BigDecimal units) {
    return units.movePointRight(asset.decimals() - asset.scale());
  }
}
