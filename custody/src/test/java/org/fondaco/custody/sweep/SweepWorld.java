package org.fondaco.custody.sweep;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.issue.IssuedAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Planned;
import org.fondaco.custody.vault.Vault;
import org.fondaco.db.Database;
import org.jooq.DSLContext;

/** Custody's rows as a sweeper finds them, and a planner that says what it is told to say. */
final class SweepWorld implements AutoCloseable, GroupPlanner {
  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset USDT = new Asset(5, "USDT", ChainName.ETH, "da".repeat(20), 6, 8);
  static final long HEIGHT = 100;
  static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Derivation DERIVATION = derivation();

  final Database database = TestDatabase.empty();
  final Leadership lead = TestDatabase.lead(database);
  final DSLContext sql = database.jooq();
  final AddressIssue addresses = new AddressIssue(lead, DERIVATION, this::now);
  final List<GroupPlan> plans = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private Function<GroupPlan, String> refusal = plan -> "";
  private int made;

  SweepWorld() {
    for (ChainName chain : List.of(ChainName.BTC, ChainName.ETH)) {
      sql.execute(
          "insert into custody_chains (chain, identity, cursor_height, cursor_hash) values (?, 'test', ?, '')",
          chain.name(),
          HEIGHT);
    }
    for (Asset asset : List.of(BTC, ETH, USDT)) {
      sql.execute(
          "insert into custody_assets (asset, code, chain, contract, decimals, scale) values (?, ?, ?, cast(? as bytea), ?, ?)",
          asset.id(),
          asset.code(),
          asset.chain().name(),
          asset.contract() == null ? null : HexFormat.of().parseHex(asset.contract()),
          asset.decimals(),
          asset.scale());
    }
  }

  private static Derivation derivation() {
    return new Derivation(
        Network.REGTEST, Vault.accounts(new byte[32], Network.REGTEST, EnumSet.allOf(Tier.class)));
  }

  Instant now() {
    return now;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  /**
   * Plans are impossible from now on for this reason, a name of Planned.Reason; empty = possible.
   */
  void refuse(Function<GroupPlan, String> reason) {
    refusal = reason;
  }

  @Override
  public Planned plan(GroupPlan plan, ObjLongConsumer<DSLContext> intent) {
    plans.add(plan);
    String reason = refusal.apply(plan);
    if (!reason.isEmpty()) {
      return new Planned.Impossible(Planned.Reason.valueOf(reason), "as the test says");
    }
    Long from = plan.from() instanceof GroupPlan.From.Account account ? account.addressId() : null;
    return lead.result(t -> {
      long group =
          t.fetchSingle(
                  "insert into custody_groups (chain, purpose, asset, from_id, state, created_at, changed_at) values (?, ?, ?, cast(? as bigint), 'SENDING', now(), now()) returning group_id",
                  plan.asset().chain().name(),
                  plan.purpose().name(),
                  plan.asset().id(),
                  from)
              .get(0, Long.class);
      intent.accept(t, group);
      return new Planned.Group(group);
    });
  }

  /** What became of a group, for its own row. */
  void group(long id, String state) {
    sql.execute("update custody_groups set state = ? where group_id = ?", state, id);
  }

  IssuedAddress customer(long account, ChainName family) {
    return addresses.address(account, family);
  }

  private byte[] newTxid() {
    return HexFormat.of().parseHex("%064x".formatted(++made));
  }

  /** A deposit at a height, credited. */
  void deposit(IssuedAddress to, Asset asset, long atoms, long height) {
    deposit(to, asset, BigInteger.valueOf(atoms), height, "CREDITED");
  }

  /** A deposit at a height; its outpoint on a chain of outputs. */
  String deposit(IssuedAddress to, Asset asset, BigInteger atoms, long height, String state) {
    byte[] txid = newTxid();
    sql.execute(
        """
        insert into custody_deposits (chain, txid, position, asset, account, address_id, atoms, units,
          residue, height, block_hash, state, seen_at, changed_at)
        values (?, ?, '0', ?, cast(? as bigint), ?, ?, 1, 0, ?, '', ?, now(), now())
        """,
        asset.chain().name(),
        txid,
        asset.id(),
        to.account(),
        to.id(),
        atoms,
        height,
        state);
    if (asset.chain().hasOutputs()) {
      sql.execute(
          """
          insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin)
          values (?, ?, 0, ?, ?, false, ?, '', 'DEPOSIT')
          """,
          asset.chain().name(),
          txid,
          to.id(),
          atoms,
          height);
    } else {
      change(to, asset, atoms, height);
    }
    return HexFormat.of().formatHex(txid) + ":0";
  }

  /** A change of an account's balance that is no deposit. */
  void change(IssuedAddress of, Asset asset, BigInteger atoms, long height) {
    sql.execute(
        """
        insert into custody_balance_changes (chain, height, block_hash, address_id, asset, atoms, cause)
        values (?, ?, '', ?, ?, ?, 'INTERNAL')
        """,
        asset.chain().name(),
        height,
        of.id(),
        asset.id(),
        atoms);
  }

  /** Every sweep: its number of the address, asset, state and reason. */
  List<String> sweeps() {
    return sql.resultQuery(
            "select seq || ' ' || asset || ' ' || state || coalesce(' ' || reason, '') from custody_sweeps order by sweep_id")
        .fetch(0, String.class);
  }

  @Override
  public void close() {
    lead.close();
  }
}
