package org.fondaco.custody.simulation;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.custody.ChainPlan;
import org.fondaco.custody.Custody;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.chain.ModelEvm;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.payout.PayoutRules;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.reconciliation.MarkedTotals;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.sweep.SweepRules;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The real custody on a real database and guard file, between model chains and a model ledger. Its
 * process can die and come back.
 */
final class Venue implements AutoCloseable {
  static final int MAX_REORG = 6;
  static final List<Long> CUSTOMERS = List.of(1_000L, 1_001L, 1_002L);
  static final String TETHER = "dac17f958d2ee523a2206206994597c13d831ec7";
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset USDT = new Asset(5, "USDT", ChainName.ETH, TETHER, 6, 8);
  private static final Map<Integer, Terms> TERMS =
      Map.of(
          1, new Terms(1_000, 5_000),
          2, new Terms(100_000, 10_000),
          5, new Terms(100_000_000, 100_000_000));
  private static final Map<Integer, BigDecimal> PRICES =
      Map.of(1, BigDecimal.valueOf(50_000), 2, BigDecimal.valueOf(3_000), 5, BigDecimal.valueOf(1));

  final Asset coin;
  final ModelCore core;
  final ModelEvm evm;
  final ModelLedger ledger = new ModelLedger();
  final Deaths deaths = new Deaths();
  final Nodes nodes = new Nodes(deaths);
  final LateLedger late = new LateLedger(ledger, deaths);
  final WatchedCore coreNode;
  final WatchedEvm evmNode;
  final DSLContext sql;
  final Path guardFile;
  private final Database database = TestDatabase.empty();
  private final int finalDepth;
  Custody custody;
  Guard guard;
  boolean projectorBehind;
  private Leadership lead;
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");

  /** An address of ours: its script, or 20 bytes, in hexadecimal. */
  record Place(
      long id,
      ChainName family,
      String tier,
      String script,
      String address,
      @Nullable Long account,
      String state) {}

  /**
   * Begins.
   *
   * @param chain of outputs
   * @param finalDepth of payouts
   */
  Venue(ChainName chain, int finalDepth) {
    coin = new Asset(1, chain.name(), chain, null, 8, 8);
    this.finalDepth = finalDepth;
    core = new ModelCore("outputs");
    core.replaces(UtxoRules.of(chain).replaces());
    evm = new ModelEvm("accounts", 1337);
    coreNode = new WatchedCore(core, nodes);
    evmNode = new WatchedEvm(evm, nodes);
    sql = database.jooq();
    try {
      guardFile = Files.createTempDirectory("fondaco-simulation").resolve("guard");
      Guard.create(guardFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    custody.addresses().house(chain, Tier.HOT);
    custody.addresses().house(ChainName.ETH, Tier.HOT);
    custody.addresses().house(ChainName.ETH, Tier.GAS);
    for (long account : CUSTOMERS) {
      custody.addresses().address(account, chain);
      custody.addresses().address(account, ChainName.ETH);
    }
  }

  List<Asset> assets() {
    return List.of(coin, ETH, USDT);
  }

  static Terms terms(Asset asset) {
    return Objects.requireNonNull(TERMS.get(asset.id()));
  }

  Asset asset(int id) {
    return assets().stream().filter(a -> a.id() == id).findFirst().orElseThrow();
  }

  private void start() {
    try {
      guard = Guard.open(guardFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lead = TestDatabase.lead(database);
    deaths.lead(lead);
    custody =
        new Custody(
            new Custody.Ground(
                deaths,
                late,
                (t, actor, action, detail) -> {},
                asset -> Optional.ofNullable(PRICES.get(asset.id())),
                this::totals,
                sql,
                () -> now),
            new Custody.Keys(WatchedSigner.derivation(), new WatchedSigner(deaths, guard), guard),
            List.of(outputs(), accounts()),
            Venue::terms);
    custody.check(sql);
  }

  /** kill -9 and a new start: what was only in memory is gone. */
  private void restart() {
    stop();
    survive(this::start);
  }

  private void stop() {
    lead.close();
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs something of the process; when it dies, a new one starts. False = it died. */
  boolean survive(Runnable part) {
    try {
      part.run();
      return true;
    } catch (Deaths.Death e) {
      restart();
      return false;
    }
  }

  private ChainPlan outputs() {
    return new ChainPlan(
        new ChainSettings(
            coin.chain(),
            0,
            MAX_REORG,
            List.of(settings(coin, 1_000, tier(0, 1), tier(1_000_000, 3)))),
        new ChainPlan.Node.Outputs(coreNode, UtxoRules.of(coin.chain())),
        payouts(100_000),
        new SweepRules(2, 10, 5, Duration.ofMinutes(1)),
        Map.of(1, BigInteger.ONE));
  }

  private ChainPlan accounts() {
    return new ChainPlan(
        new ChainSettings(
            ChainName.ETH,
            0,
            MAX_REORG,
            List.of(
                settings(ETH, 10_000_000_000_000L, tier(0, 2), tier(100_000_000, 5)),
                settings(USDT, 1_000, tier(0, 2)))),
        new ChainPlan.Node.Accounts(evmNode),
        payouts(1_000_000_000_000L),
        new SweepRules(2, 3, 5, Duration.ofMinutes(1)),
        Map.of(2, BigInteger.ONE, 5, BigInteger.valueOf(1_000_000)));
  }

  private PayoutRules payouts(long feeRateMax) {
    return new PayoutRules(
        2,
        finalDepth,
        BigInteger.valueOf(feeRateMax),
        2,
        Duration.ofMinutes(20),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        4);
  }

  private static AssetSettings settings(Asset asset, long minimum, AssetSettings.Tier... tiers) {
    return new AssetSettings(
        asset, BigInteger.valueOf(minimum), List.of(tiers), BigInteger.ZERO, 2);
  }

  private static AssetSettings.Tier tier(long from, int confirmations) {
    return new AssetSettings.Tier(from, confirmations);
  }

  /** What the ledger said at a Mark, as the projector would have written it. */
  private Optional<List<MarkedTotals.Totals>> totals(DSLContext t, long cutId) {
    List<Map.Entry<LedgerCommand, org.fondaco.custody.ledger.Answer>> history = ledger.history();
    for (int i = history.size() - 1; i >= 0 && !projectorBehind; i--) {
      if (history.get(i).getKey().equals(new LedgerCommand.Mark(cutId))) {
        long n = i + 1L;
        Map<Integer, Long> custodyUnits = ledger.mark(cutId);
        return Optional.of(
            assets().stream()
                .map(a ->
                    new MarkedTotals.Totals(
                        a.id(), custodyUnits.getOrDefault(a.id(), 0L), 0, n, ""))
                .toList());
      }
    }
    return Optional.empty();
  }

  Instant now() {
    return now;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  /** Addresses of ours. */
  List<Place> places() {
    return sql.selectFrom(CUSTODY_ADDRESSES)
        .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID)
        .fetch(row ->
            new Place(
                row.getAddressId(),
                ChainName.valueOf(row.getFamily()),
                row.getTier(),
                HexFormat.of().formatHex(row.getScript()),
                row.getAddress(),
                row.getAccount(),
                row.getState()));
  }

  Place hot(ChainName chain) {
    return house(chain, "HOT");
  }

  Place house(ChainName chain, String tier) {
    return places().stream()
        .filter(p -> p.family() == chain && p.tier().equals(tier))
        .findFirst()
        .orElseThrow();
  }

  void lie(Lie how) {
    core.lie(how);
    evm.lie(how);
  }

  /**
   * Steps until nothing is left to do, a second at a time while people and clocks are waited for.
   */
  void settle() {
    for (int i = 0; i < 2_000; i++) {
      boolean[] did = {true};
      survive(() -> did[0] = custody.step());
      if (!did[0]) {
        return;
      }
    }
    throw new AssertionError("no rest after 2,000 steps");
  }

  @Override
  public void close() {
    stop();
  }
}
