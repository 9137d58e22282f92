package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.secp256k1.Secp256k1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fondaco.custody.address.Keccak;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.Findings;
import org.fondaco.custody.scan.Received;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.custody.signer.PathKeys;
import org.fondaco.custody.withdrawal.Destinations.Destination;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalPolicy;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Withdrawals and payouts of one chain with a real database, a real guard file, the real scanner,
 * and a model of the ledger; everything of the process can die and come back.
 */
final class World implements AutoCloseable {
  static final long CUSTOMER = 1_000;
  static final Terms TERMS = new Terms(1_000, 5_000);

  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset LTC = new Asset(3, "LTC", ChainName.LTC, null, 8, 8);
  static final Asset BCH = new Asset(4, "BCH", ChainName.BCH, null, 8, 8);
  static final String USDT_CONTRACT = "dac17f958d2ee523a2206206994597c13d831ec7";
  static final Asset USDT = new Asset(5, "USDT", ChainName.ETH, USDT_CONTRACT, 6, 8);

  final Database database = TestDatabase.empty();
  final Leadership lead = TestDatabase.lead(database);
  final ModelLedger ledger = new ModelLedger();
  final Crashes crashes;
  final ChainName chain;
  final Map<Integer, Asset> assets;
  private final Path guardFile;
  private final PayoutRules rules;
  private final UtxoRules utxo;
  private final @Nullable CoreNode core;
  private final @Nullable EvmNode evm;
  WithdrawalPolicy.Verdict verdict = WithdrawalPolicy.Verdict.ALLOW;
  Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private long funded;

  Guard guard;
  Withdrawals withdrawals;
  Payouts payouts;
  Scanner scanner;
  Dispatcher dispatcher;

  World(ChainName chain, CoreNode core, UtxoRules utxo, PayoutRules rules, Random random) {
    this(chain, core, null, USDT_CONTRACT, utxo, rules, random);
  }

  World(EvmNode evm, PayoutRules rules, Random random) {
    this(evm, USDT_CONTRACT, rules, random);
  }

  World(EvmNode evm, String tether, PayoutRules rules, Random random) {
    this(ChainName.ETH, null, evm, tether, UtxoRules.of(ChainName.BTC), rules, random);
  }

  private World(
      ChainName chain,
      @Nullable CoreNode core,
      @Nullable EvmNode evm,
      String tether,
      UtxoRules utxo,
      PayoutRules rules,
      Random random) {
    this.chain = chain;
    this.core = core;
    this.evm = evm;
    this.utxo = utxo;
    this.rules = rules;
    this.crashes = new Crashes(lead, random);
    this.assets =
        switch (chain) {
          case BTC -> Map.of(1, BTC);
          case LTC -> Map.of(3, LTC);
          case BCH -> Map.of(4, BCH);
          case ETH -> Map.of(2, ETH, 5, new Asset(5, "USDT", ChainName.ETH, tether, 6, 8));
        };
    try {
      guardFile = Files.createTempDirectory("fondaco-payouts").resolve("guard");
      Guard.create(guardFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** Depths and times of the model worlds. */
  static PayoutRules rules(long feeRateMax) {
    return new PayoutRules(
        1,
        3,
        BigInteger.valueOf(feeRateMax),
        2,
        Duration.ofMinutes(20),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        4);
  }

  /** The process begins, for the first time or again. */
  private void start() {
    try {
      guard = Guard.open(guardFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    withdrawals =
        new Withdrawals(
            crashes,
            () -> now,
            assets,
            (where, text) -> new Destination(text, HexFormat.of().parseHex(text)),
            asset -> TERMS,
            account -> false,
            (t, candidate) ->
                new WithdrawalPolicy.Decision(
                    candidate.stage() == WithdrawalPolicy.Stage.HELD
                        ? verdict
                        : WithdrawalPolicy.Verdict.ALLOW,
                    1,
                    "{}",
                    null,
                    ""),
            (t, actor, action, detail) -> {});
    PathKeys keys = new PathKeys(guard, crashes::point);
    Payouts.Environment environment =
        new Payouts.Environment(
            crashes,
            () -> now,
            assets,
            guard,
            keys,
            withdrawals.payments(),
            (t, actor, action, detail) -> {},
            Map.of());
    payouts =
        core == null
            ? Payouts.ofAccounts(
                chain, new DyingEvm(Objects.requireNonNull(evm), crashes), rules, environment)
            : Payouts.ofOutputs(chain, new DyingCore(core, crashes), utxo, rules, environment);
    scanner = scanning();
    dispatcher =
        new Dispatcher(
            crashes,
            ledger,
            Map.of(
                Subject.Kind.WITHDRAWAL,
                withdrawals,
                Subject.Kind.PAYOUT,
                payouts,
                Subject.Kind.ADJUSTMENT,
                (t, id, command, answer) -> {}),
            () -> now);
  }

  private Scanner scanning() {
    ScanParties parties = new ScanParties(payouts, new NoDeposits(), List.of(payouts));
    ChainSettings settings =
        new ChainSettings(
            chain,
            0,
            30,
            assets.values().stream()
                .map(asset ->
                    new AssetSettings(
                        asset,
                        BigInteger.ZERO,
                        List.of(new AssetSettings.Tier(0, 1)),
                        BigInteger.ZERO,
                        1))
                .toList());
    return core == null
        ? new Scanner(settings, Objects.requireNonNull(evm), parties, crashes, () -> now)
        : new Scanner(settings, core, parties, crashes, () -> now);
  }

  private static final class NoDeposits implements Findings {
    @Override
    public void received(DSLContext t, Received received) {}

    @Override
    public void connected(DSLContext t, ChainName chain, BlockReference block) {}

    @Override
    public void disconnected(DSLContext t, ChainName chain, BlockReference block) {}
  }

  /** kill -9 and a new start: what was only in memory is gone. */
  void restart() {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** Runs something of the process; when it dies, it starts again. False = it died. */
  boolean survive(Runnable part) {
    try {
      part.run();
      return true;
    } catch (Died e) {
      restart();
      return false;
    }
  }

  /** One round of everything; true = somebody did something. */
  boolean round() {
    boolean did = scanner.step();
    did |= dispatcher.step();
    did |= withdrawals.step();
    did |= payouts.step();
    return did;
  }

  /** Rounds until nothing is left to do. */
  void settle() {
    for (int i = 0; i < 3_000; i++) {
      boolean[] did = {true};
      survive(() -> did[0] = round());
      if (!did[0]) {
        return;
      }
    }
    throw new AssertionError("no rest after 3,000 rounds");
  }

  /** An address of the house; its script or 20 bytes in hexadecimal. */
  String house(String tier, int index) {
    return address(tier, index, null);
  }

  String address(String tier, int index, @Nullable Long account) {
    String path = "m/84'/0'/" + (tier.equals("COLD") ? 3 : 1) + "'/0/" + index;
    byte[] script = script(PathKeys.publicKeyOf(path));
    database
        .jooq()
        .insertInto(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.FAMILY, chain.name())
        .set(CUSTODY_ADDRESSES.TIER, tier)
        .set(CUSTODY_ADDRESSES.INDEX, (long) index)
        .set(CUSTODY_ADDRESSES.PATH, path)
        .set(CUSTODY_ADDRESSES.ADDRESS, HexFormat.of().formatHex(script))
        .set(CUSTODY_ADDRESSES.SCRIPT, script)
        .set(CUSTODY_ADDRESSES.ACCOUNT, account)
        .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
        .set(CUSTODY_ADDRESSES.ISSUED_AT, OffsetDateTime.parse("2026-11-28T12:00:00Z"))
        .execute();
    return HexFormat.of().formatHex(script);
  }

  byte[] script(byte[] publicKey) {
    byte[] hash = Crypto.hash160(publicKey);
    return switch (chain) {
      case ETH -> {
        byte[] key = Secp256k1.Companion.get().pubkeyParse(publicKey);
        yield Arrays.copyOfRange(Keccak.hash256(key, 1, 64), 12, 32);
      }
      case BCH -> HexFormat.of().parseHex("76a914" + HexFormat.of().formatHex(hash) + "88ac");
      case BTC, LTC -> HexFormat.of().parseHex("0014" + HexFormat.of().formatHex(hash));
    };
  }

  /** A place outside, another for each number. */
  String outside(int number) {
    return HexFormat.of().formatHex(script(PathKeys.publicKeyOf("m/9'/" + number)));
  }

  /** Gives a customer units. */
  void fund(long account, int asset, long units) {
    String key = "fund|" + ++funded;
    lead.run(t ->
        Outbox.add(
            t,
            key,
            new LedgerCommand.Credit(account, asset, units),
            new Subject(Subject.Kind.ADJUSTMENT, funded)));
  }

  Withdrawal request(long account, String orderId, int asset, String address, long units) {
    return withdrawals.request(
        new WithdrawalRequest(
            account, orderId, asset, address, BigDecimal.valueOf(units, asset(asset).scale())));
  }

  Asset asset(int id) {
    return Objects.requireNonNull(assets.get(id));
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void close() {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lead.close();
  }
}
