package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.reconciliation.Terms;
import org.fondaco.custody.reconciliation.TermsProbe;

/** What is true after every step, wherever it died. */
final class Checks {
  private final Venue venue;
  private final Outputs outputs;
  private final Accounts accounts;
  private final Customers customers;

  Checks(Venue venue, Outputs outputs, Accounts accounts, Customers customers) {
    this.venue = venue;
    this.outputs = outputs;
    this.accounts = accounts;
    this.customers = customers;
  }

  /** What the chains say at custody's cursors. */
  Truth truth() {
    return outputs.truth(cursor(venue.coin.chain())).with(accounts.truth(cursor(ChainName.ETH)));
  }

  private String cursor(ChainName chain) {
    return venue
        .sql
        .selectFrom(CUSTODY_CHAINS)
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .fetchOptional(r -> HexFormat.of().formatHex(r.getCursorHash()))
        .orElseGet(() ->
            chain == ChainName.ETH
                ? venue.evm.chain().getFirst().hash()
                : venue.core.chain().getFirst().hash());
  }

  void always(Random random) {
    Truth truth = truth();
    List<Map.Entry<LedgerCommand, Answer>> history = venue.ledger.history();
    for (Asset asset : venue.assets()) {
      equation(asset, truth, history, random);
    }
    ledger(history);
    deposits(truth);
    credits();
    withdrawals(truth);
    attempts();
    cuts();
    halts();
  }

  private BigInteger number(String query, Object... bindings) {
    Object value = venue.sql.fetchValue(query, bindings);
    return value == null ? BigInteger.ZERO : new BigDecimal(value.toString()).toBigIntegerExact();
  }

  /** O by custody's rows and by the chain itself, against the ledger and the terms at any n. */
  private void equation(
      Asset asset, Truth truth, List<Map.Entry<LedgerCommand, Answer>> history, Random random) {
    BigInteger rows =
        asset.chain().hasOutputs()
            ? number("select sum(atoms) from custody_outputs where spent_height is null")
            : number("select sum(atoms) from custody_balance_changes where asset = ?", asset.id());
    BigInteger found =
        number(
            "select sum(atoms) from custody_balance_changes where txid is null and asset = ?",
            asset.id());
    assertThat(rows.subtract(found))
        .as("own %s by rows and by the chain", asset.code())
        .isEqualTo(truth.held(asset));
    assertThat(found)
        .as("%s that came without a transaction", asset.code())
        .isLessThanOrEqualTo(truth.hidden(asset));
    int answered =
        number("select max(n) from custody_outbox where outcome is not null").intValueExact();
    for (int n : new int[] {answered, random.nextInt(answered + 1)}) {
      long custody = custody(asset, history.subList(0, n));
      Terms terms = TermsProbe.terms(venue.sql, asset, custody, n);
      assertThat(new BigDecimal(rows))
          .as("own %s at n %d of %d with %s", asset.code(), n, answered, terms.signed())
          .isEqualByComparingTo(terms.expected());
      terms
          .signed()
          .forEach((name, atoms) -> {
            boolean minus = List.of("paid", "gas", "creditedOrphan").contains(name);
            // Fills know no n: between a Mark and the rows they may move credits that it has not
            // seen.
            if (n == answered && !name.equals("liabilities")) {
              assertThat(atoms.signum() * (minus ? -1 : 1))
                  .as("%s %s at n %d of %s in %s", name, atoms, n, asset.code(), terms.signed())
                  .isNotNegative();
            }
          });
    }
  }

  /** The custody account by its commands. */
  private static long custody(Asset asset, List<Map.Entry<LedgerCommand, Answer>> history) {
    long units = 0;
    for (Map.Entry<LedgerCommand, Answer> entry : history) {
      if (entry.getValue().applied()) {
        units +=
            switch (entry.getKey()) {
              case LedgerCommand.Credit c when c.asset() == asset.id() -> -c.amount();
              case LedgerCommand.Adjust c
                  when c.asset() == asset.id() && c.to() == ModelLedger.CUSTODY ->
                  c.amount();
              case LedgerCommand.Post c when c.asset() == asset.id() -> c.amount();
              case LedgerCommand.Expense c when c.asset() == asset.id() -> c.amount();
              default -> 0;
            };
      }
    }
    return units;
  }

  /** The ledger refuses only what customers may not have, and nobody is below zero. */
  private void ledger(List<Map.Entry<LedgerCommand, Answer>> history) {
    for (Map.Entry<LedgerCommand, Answer> entry : history) {
      boolean may =
          entry.getKey() instanceof LedgerCommand.Reserve
              || entry.getKey() instanceof LedgerCommand.Adjust;
      assertThat(may || entry.getValue().applied())
          .as("%s: %s", entry.getKey(), entry.getValue().reason())
          .isTrue();
    }
    for (Asset asset : venue.assets()) {
      for (long account : Venue.CUSTOMERS) {
        assertThat(venue.ledger.free(account, asset.id()))
            .as("%s of %d", asset.code(), account)
            .isNotNegative();
      }
    }
  }

  /** The deposits on the chain are exactly the naive ones. */
  private void deposits(Truth truth) {
    Map<String, Truth.Deposit> expected = new HashMap<>(truth.deposits);
    venue
        .sql
        .resultQuery(
            """
            select encode(txid, 'hex') || ':' || position, atoms, height, address_id
            from custody_deposits where height is not null and position not like 'balance:%'
            """)
        .forEach(row -> {
          String key = row.get(0, String.class);
          Truth.Deposit deposit = expected.remove(key);
          assertThat(deposit).as("deposit %s is on the chain", key).isNotNull();
          assertThat(row.get(1, BigInteger.class)).isEqualTo(deposit.atoms());
          assertThat(row.get(2, Long.class)).isEqualTo(deposit.height());
          assertThat(row.get(3, Long.class)).isEqualTo(deposit.to().id());
        });
    assertThat(expected).as("deposits that custody has not seen").isEmpty();
  }

  /** What a deposit says was credited for it is what the ledger was told, and fits its state. */
  private void credits() {
    List<String> faults =
        venue
            .sql
            .resultQuery(
                """
                with told as (
                  select subject_id as id, case kind when 'Credit' then amount else -amount end as units
                  from custody_outbox
                  where subject_kind = 'DEPOSIT' and kind in ('Credit', 'Adjust') and outcome = 'APPLIED'
                  union all select filler_id, units from custody_deposit_fills
                  union all select hole_id, -units from custody_deposit_fills
                ), sums as (select id, sum(units) as units from told group by id)
                select d.deposit_id || ' is ' || d.state || ' credited ' || d.credited || ' of ' || d.units
                  || ', the ledger says ' || coalesce(s.units, 0)
                from custody_deposits d left join sums s on s.id = d.deposit_id
                where d.credited <> coalesce(s.units, 0)
                  or d.state in ('CREDITED', 'FINAL') and (d.height is null or d.credited <> d.units)
                  or d.state in ('SEEN', 'CONFIRMED') and d.credited > d.units
                  or d.state in ('BELOW_MIN', 'ORPHANED', 'UNATTRIBUTED') and d.credited <> 0
                """)
            .fetch(0, String.class);
    assertThat(faults).as("credits").isEmpty();
  }

  /** Paid at most once, and never what is released. */
  private void withdrawals(Truth truth) {
    Map<Long, String> states = new HashMap<>();
    venue
        .sql
        .resultQuery("select withdrawal_id, state from custody_withdrawals")
        .forEach(row -> states.put(row.get(0, Long.class), row.get(1, String.class)));
    for (Customers.Asked asked : customers.asked) {
      String state = Objects.requireNonNull(states.get(asked.id()), "withdrawal " + asked);
      List<Truth.Payment> got = truth.payments.getOrDefault(asked.place(), List.of());
      Truth.Payment all = new Truth.Payment(asked.asset(), asked.asset().atoms(asked.units()));
      if (!got.isEmpty()) {
        assertThat(got).as("withdrawal %d is %s", asked.id(), state).containsExactly(all);
        assertThat(state)
            .as("withdrawal %d is paid", asked.id())
            .isIn("ASSIGNED", "MINED", "FINAL", "POSTING", "DONE", "DONE_ORPHANED");
      }
    }
  }

  /** All attempts of a group spend its whole anchor; nothing is out that is not signed. */
  private void attempts() {
    List<String> faults =
        venue
            .sql
            .resultQuery(
                """
                select a.group_id || ' attempt ' || a.number || ' misses ' || n.anchor
                from custody_attempts a
                join custody_anchors n on n.group_id = a.group_id
                where n.chain <> 'ETH' and not n.anchor = any(a.inputs)
                union all
                select 'withdrawal ' || p.withdrawal_id || ' is in two open groups'
                from custody_payees p join custody_groups g on g.group_id = p.group_id
                where g.settled is null and g.conflict is null and p.withdrawal_id is not null
                group by p.withdrawal_id having count(*) > 1
                union all
                select 'attempt ' || a.attempt_id || ' went out and is not signed'
                from custody_attempts a where a.state not in ('INTENT', 'LOST') and a.raw is null
                """)
            .fetch(0, String.class);
    assertThat(faults).isEmpty();
  }

  /** No cut finds anything missing; more only where something came without a transaction. */
  private void cuts() {
    venue
        .sql
        .resultQuery("select cut_id, asset, break from custody_cut_assets where break < 0")
        .forEach(row -> assertThat(row).as("a false break").isNull());
  }

  /** Nothing halts but what people halted, or chains that were left too deeply. */
  private void halts() {
    List<String> unasked =
        venue
            .sql
            .resultQuery(
                """
                select chain || ': ' || halted from custody_chains
                where halted is not null and halted not like '%more than 6 blocks%'
                union all
                select code || ': ' || halted from custody_assets
                where halted is not null and halted <> 'a drill'
                  and halted not like '%a deep reorganisation made it%'
                """)
            .fetch(0, String.class);
    assertThat(unasked).as("halts").isEmpty();
  }
}
