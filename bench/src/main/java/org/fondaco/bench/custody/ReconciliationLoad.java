package org.fondaco.bench.custody;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.api.custody.VenueAudit;
import org.fondaco.bench.database.PostgresServer;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.reconciliation.Cut;
import org.fondaco.custody.reconciliation.MarkedTotals;
import org.fondaco.custody.reconciliation.Reconciliation;
import org.fondaco.db.Database;
import org.jooq.DSLContext;

/**
 * Cuts over what a million customers leave in the tables after some time. The ledger's totals are
 * those of its commands, so that an honest cut finds nothing.
 */
public final class ReconciliationLoad implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();

  private final PostgresServer server;
  private final Database database;
  private final CustodyRig rig;
  private final Reconciliation reconciliation;
  private final Dispatcher dispatcher;
  private final List<MarkedTotals.Totals> totals = new ArrayList<>();
  private long questions;

  /** Fills a database. */
  public ReconciliationLoad(Path folder, long accounts) throws IOException, SQLException {
    server = new PostgresServer(folder.resolve("postgres"));
    database = server.fresh();
    rig = new CustodyRig(folder.resolve("keys"), database);
    rig.bury();
    rig.follow();
    String fill = resource("years.sql").replace("{accounts}", Long.toString(accounts));
    server.psql(database, List.of(fill));
    ledger();
    nodes();
    InstantSource clock = InstantSource.system();
    reconciliation =
        new Reconciliation(
            rig.lead,
            database.jooq(),
            this::at,
            List.of(CustodyRig.BTC, CustodyRig.ETH, CustodyRig.USDT),
            Map.of(ChainName.BTC, rig.core),
            Map.of(ChainName.ETH, rig.evm),
            new VenueAudit(),
            clock,
            Duration.ZERO);
    dispatcher =
        new Dispatcher(rig.lead, rig.ledger, Map.of(Subject.Kind.CUT, reconciliation), clock);
    rig.ledger.startAt(rig.count("select max(n) from custody_outbox"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReconciliationLoad.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Double entry: what was credited less what was posted and spent is what custody owes. */
  private void ledger() {
    for (Asset asset : CustodyRig.ASSETS.values()) {
      long owed =
          rig.count(
              "select coalesce(sum(case when kind = 'Credit' then amount when kind in ('Post', 'Expense')"
                  + " then -amount else 0 end), 0) from custody_outbox where outcome = 'APPLIED'"
                  + " and asset = "
                  + asset.id());
      totals.add(new MarkedTotals.Totals(asset.id(), -owed, owed, 0, ""));
    }
  }

  private Optional<List<MarkedTotals.Totals>> at(DSLContext transaction, long cutId) {
    long n =
        transaction
            .fetchSingle("select n from custody_cuts where cut_id = {0}", cutId)
            .get(0, Long.class);
    return Optional.of(
        totals.stream()
            .map(one ->
                new MarkedTotals.Totals(
                    one.asset(), one.custody(), one.customers(), n, one.difference()))
            .toList());
  }

  private void nodes() {
    database
        .jooq()
        .resultQuery(
            "select encode(txid, 'hex'), vout, atoms from custody_outputs where spent_height is null")
        .forEach(row ->
            rig.core.hold(
                new CoreBlock.OutPoint(row.get(0, String.class), row.get(1, Integer.class)),
                row.get(2, BigInteger.class)));
    database
        .jooq()
        .resultQuery(
            "select a.script, b.asset, sum(b.atoms) from custody_balance_changes b"
                + " join custody_addresses a using (address_id) group by 1, 2 having sum(b.atoms) <> 0")
        .forEach(row ->
            rig.evm.hold(
                contract(row.get(1, Integer.class)),
                HEX.formatHex(row.get(0, byte[].class)),
                row.get(2, BigInteger.class)));
  }

  private static String contract(int asset) {
    return asset == CustodyRig.USDT.id() ? String.valueOf(CustodyRig.USDT.contract()) : "";
  }

  /** Seconds of a cut, from its Mark to its end. */
  public double cut() {
    long before = rig.core.questions() + rig.evm.questions();
    long start = System.nanoTime();
    long id = reconciliation.begin("bench");
    while (dispatcher.step() | reconciliation.step()) {}
    double seconds = (System.nanoTime() - start) / 1e9;
    questions = rig.core.questions() + rig.evm.questions() - before;
    Cut cut = reconciliation.byId(id);
    if (cut.state() != Cut.State.DONE || cut.assets().size() != totals.size()) {
      throw new IllegalStateException("the cut is " + cut);
    }
    for (Cut.AssetCut asset : cut.assets()) {
      if (asset.difference().signum() != 0 || asset.own().compareTo(BigDecimal.ZERO) <= 0) {
        throw new IllegalStateException("a break where there is none: " + asset);
      }
    }
    return seconds;
  }

  /** Questions to nodes in the last cut. */
  public long questions() {
    return questions;
  }

  /** Deposits in the tables. */
  public long deposits() {
    return rig.count("select count(*) from custody_deposits");
  }

  /** Seconds of the same sums by psql, each over its whole table. */
  public double sums() throws IOException {
    String sums = resource("sums.sql");
    long start = System.nanoTime();
    server.psql(database, List.of(sums));
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() throws IOException {
    rig.close();
    database.close();
    server.close();
  }
}
