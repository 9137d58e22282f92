package org.fondaco.bench.custody;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.api.custody.VenueAudit;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.deposit.Deposits;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.payout.PayoutRules;
import org.fondaco.custody.payout.Payouts;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.policy.DefaultPolicy;
import org.fondaco.custody.policy.Policy;
import org.fondaco.custody.policy.PolicyEdition;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalTerms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.fondaco.db.Database;

/**
 * Custody of two chains as {@code Custody} and {@code CustodyChain} wire it, taken apart so that a
 * row can measure one part: real database, vault, guard file, policy and audit log; nodes and
 * ledger in memory. For one thread.
 */
final class CustodyRig implements AutoCloseable {
  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset USDT =
      new Asset(5, "USDT", ChainName.ETH, "dac17f958d2ee523a2206206994597c13d831ec7", 6, 8);
  static final Map<Integer, Asset> ASSETS = Map.of(1, BTC, 2, ETH, 5, USDT);
  static final int BATCH_MAX = 100;

  /** The venue's defaults (FONDACO_CONFIRMATIONS, FONDACO_FINAL_DEPTH, FONDACO_MAX_REORG). */
  private static final ChainSettings BITCOIN =
      new ChainSettings(
          ChainName.BTC,
          0,
          100,
          List.of(asset(BTC, 1_000, 3, tier(0, 2), tier(100_000_000, 3), tier(1_000_000_000, 6))));

  private static final ChainSettings ETHEREUM =
      new ChainSettings(
          ChainName.ETH,
          0,
          128,
          List.of(asset(ETH, 1_000, 12, tier(0, 12)), asset(USDT, 10_000, 12, tier(0, 12))));

  /** Blocks until everything in a block is confirmed and may be spent. */
  static final int DEPTH = 12;

  private static final Argon2 COST = new Argon2(8 << 10, 1, 1);

  final MemoryCore core = new MemoryCore();
  final MemoryEvm evm = new MemoryEvm();
  final MemoryLedger ledger = new MemoryLedger();
  final Database database;
  final Leadership lead;
  final Withdrawals withdrawals;
  final AddressIssue addresses;
  final Payouts bitcoinPayouts;
  final Payouts ethereumPayouts;
  final Scanner bitcoin;
  final Scanner ethereum;
  final Dispatcher dispatcher;
  final Guard guard;
  private final Signer signer;

  CustodyRig(Path folder, Database database) throws IOException {
    this.database = database;
    InstantSource clock = InstantSource.system();
    lead = Leadership.take(database.dataSource(), database.jooq(), "bench", clock).orElseThrow();
    Path keys = Files.createDirectories(folder);
    Guard.create(keys.resolve("guard"));
    guard = Guard.open(keys.resolve("guard"));
    Vault vault = vault(keys.resolve("vault"));
    try (Passphrase passphrase = passphrase()) {
      signer = InProcessVault.open(vault, passphrase, guard);
    }
    AuditPort audit = new VenueAudit();
    addresses = new AddressIssue(lead, vault.derivation(), clock);
    withdrawals =
        new Withdrawals(
            lead,
            clock,
            ASSETS,
            (chain, text) ->
                new Destinations.Destination(text, java.util.HexFormat.of().parseHex(text)),
            asset -> new WithdrawalTerms.Terms(1_000, 1_000),
            account -> false,
            new Policy(clock, audit, asset -> Optional.of(BigDecimal.ONE)),
            audit);
    Payouts.Environment environment =
        new Payouts.Environment(
            lead, clock, ASSETS, guard, signer, withdrawals.payments(), audit, Map.of());
    bitcoinPayouts =
        Payouts.ofOutputs(
            ChainName.BTC, core, UtxoRules.of(ChainName.BTC), rules(3, 1_000_000), environment);
    ethereumPayouts =
        Payouts.ofAccounts(ChainName.ETH, evm, rules(12, 1_000_000_000_000L), environment);
    Deposits deposits = new Deposits(List.of(BITCOIN, ETHEREUM), clock);
    bitcoin =
        new Scanner(
            BITCOIN,
            core,
            new ScanParties(bitcoinPayouts, deposits, List.of(bitcoinPayouts)),
            lead,
            clock);
    ethereum =
        new Scanner(
            ETHEREUM,
            evm,
            new ScanParties(ethereumPayouts, deposits, List.of(ethereumPayouts)),
            lead,
            clock);
    dispatcher =
        new Dispatcher(
            lead,
            ledger,
            Map.of(Subject.Kind.DEPOSIT, deposits, Subject.Kind.WITHDRAWAL, withdrawals),
            clock);
    follow();
    lead.run(t ->
        new PolicyEdition(clock, audit)
            .install(t, DefaultPolicy.of(List.of("BTC", "ETH", "USDT"))));
  }

  private static AssetSettings.Tier tier(long from, int confirmations) {
    return new AssetSettings.Tier(from, confirmations);
  }

  private static AssetSettings asset(
      Asset asset, long minimum, int sweepDepth, AssetSettings.Tier... tiers) {
    BigInteger least = BigInteger.valueOf(minimum);
    return new AssetSettings(asset, least, List.of(tiers), least, sweepDepth);
  }

  private static PayoutRules rules(int depth, long feeRateMax) {
    return new PayoutRules(
        depth,
        depth,
        BigInteger.valueOf(feeRateMax),
        6,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofSeconds(2),
        BATCH_MAX);
  }

  private static Passphrase passphrase() {
    return Passphrase.of("a passphrase that guards nothing".toCharArray());
  }

  private static Vault vault(Path file) throws IOException {
    byte[] entropy = Mnemonic.newEntropy();
    try (Passphrase passphrase = passphrase()) {
      Vault.create(
          file,
          Network.REGTEST,
          Vault.accounts(entropy, Network.REGTEST, EnumSet.allOf(Tier.class)),
          entropy,
          passphrase,
          COST);
    }
    return Vault.read(file);
  }

  /** Scans what the nodes have. */
  void follow() {
    boolean moved = true;
    while (moved) {
      moved = bitcoin.step() | ethereum.step();
    }
  }

  /** Empty blocks on both chains until what is there is deep enough for everything. */
  void bury() {
    for (int i = 0; i < DEPTH; i++) {
      core.append(List.of());
      evm.append(List.of(), List.of());
    }
  }

  /** Rows that a query counts. */
  long count(String query) {
    Long count = database.jooq().fetchSingle(query).get(0, Long.class);
    return count == null ? 0 : count;
  }

  @Override
  public void close() throws IOException {
    lead.close();
    signer.close();
    guard.close();
  }
}
