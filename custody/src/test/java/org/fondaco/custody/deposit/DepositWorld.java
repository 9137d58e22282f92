package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.chain.ModelEvm;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.InvisibleValue;
import org.fondaco.custody.scan.Rescan;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Two model chains, the model ledger, and custody's deposits between them over a real database. */
final class DepositWorld {
  static final String TOKEN = "aa".repeat(20);
  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset USDT = new Asset(5, "USDT", ChainName.ETH, TOKEN, 6, 8);
  static final List<Asset> ASSETS = List.of(BTC, ETH, USDT);
  static final int MAX_REORG = 6;
  static final String STRANGER = "0014" + "77".repeat(20);

  static final ChainSettings BITCOIN =
      new ChainSettings(
          ChainName.BTC,
          0,
          MAX_REORG,
          List.of(settings(BTC, BigInteger.valueOf(1_000), tier(0, 1), tier(1_000_000, 3))));
  static final ChainSettings ETHEREUM =
      new ChainSettings(
          ChainName.ETH,
          0,
          MAX_REORG,
          List.of(
              settings(ETH, BigInteger.TEN.pow(13), tier(0, 2), tier(100_000_000, 5)),
              settings(USDT, BigInteger.valueOf(1_000), tier(0, 2))));

  final ModelCore core = new ModelCore("btc");
  final ModelEvm evm = new ModelEvm("eth", 1337);
  final ModelLedger ledger = new ModelLedger();
  final Set<String> own = new HashSet<>();
  final Database database;
  final CrashingTransactions transactions;
  final List<Watched> addresses = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-28T00:00:00Z");

  Scanner bitcoin;
  Scanner ethereum;
  Rescan bitcoinAgain;
  Rescan ethereumAgain;
  InvisibleValue invisible;
  Dispatcher dispatcher;
  Deposits deposits;

  /** An address as the test knows it. */
  record Watched(long id, ChainName family, String script, @Nullable Long account) {}

  DepositWorld(Database database, Random random) {
    this.database = database;
    this.transactions = new CrashingTransactions(database, random);
    int number = 0;
    for (ChainName family : List.of(ChainName.BTC, ChainName.ETH)) {
      for (long account = 1_000; account < 1_003; account++) {
        watch(family, "CUSTOMER", number++, account, "ISSUED");
      }
      watch(family, "CUSTOMER", number++, 1_000L, "RETIRED");
      watch(family, "CUSTOMER", number++, null, "RETIRED");
      watch(family, "HOT", number++, null, "ISSUED");
    }
    start();
  }

  /** A new process: nothing in memory is left but the outside world. */
  void start() {
    deposits = new Deposits(List.of(BITCOIN, ETHEREUM), this::tick);
    ScanParties parties =
        new ScanParties((t, chain, txid, spends) -> own.contains(txid), deposits, List.of());
    bitcoin = new Scanner(BITCOIN, core, parties, transactions, this::tick);
    ethereum = new Scanner(ETHEREUM, evm, parties, transactions, this::tick);
    bitcoinAgain = new Rescan(BITCOIN, core, parties, transactions, this::tick);
    ethereumAgain = new Rescan(ETHEREUM, evm, parties, transactions, this::tick);
    invisible = new InvisibleValue(ETHEREUM, evm, deposits, transactions, this::tick, 4);
    dispatcher =
        new Dispatcher(transactions, ledger, Map.of(Subject.Kind.DEPOSIT, deposits), this::tick);
  }

  private static AssetSettings settings(
      Asset asset, BigInteger minimum, AssetSettings.Tier... tiers) {
    return new AssetSettings(asset, minimum, List.of(tiers), BigInteger.ZERO, 1);
  }

  private static AssetSettings.Tier tier(long from, int confirmations) {
    return new AssetSettings.Tier(from, confirmations);
  }

  private Instant tick() {
    now = now.plus(Duration.ofMillis(1));
    return now;
  }

  DSLContext sql() {
    return database.jooq();
  }

  Watched watch(ChainName family, String tier, int number, @Nullable Long account, String state) {
    byte[] script = new byte[family.hasOutputs() ? 22 : 20];
    script[1] = (byte) (family.hasOutputs() ? 20 : 0);
    script[script.length - 1] = (byte) (number + 1);
    long id =
        sql()
            .insertInto(CUSTODY_ADDRESSES)
            .set(CUSTODY_ADDRESSES.FAMILY, family.name())
            .set(CUSTODY_ADDRESSES.TIER, tier)
            .set(CUSTODY_ADDRESSES.INDEX, (long) number)
            .set(CUSTODY_ADDRESSES.PATH, "m/" + number)
            .set(CUSTODY_ADDRESSES.ADDRESS, family + "-" + number)
            .set(CUSTODY_ADDRESSES.SCRIPT, script)
            .set(CUSTODY_ADDRESSES.ACCOUNT, account)
            .set(CUSTODY_ADDRESSES.STATE, state)
            .returning(CUSTODY_ADDRESSES.ADDRESS_ID)
            .fetchSingle()
            .getAddressId();
    Watched watched = new Watched(id, family, HexFormat.of().formatHex(script), account);
    addresses.add(watched);
    return watched;
  }

  List<Watched> of(ChainName family) {
    return addresses.stream().filter(a -> a.family() == family).toList();
  }

  Map<String, Watched> byScript(ChainName family) {
    Map<String, Watched> byScript = new TreeMap<>();
    of(family).forEach(a -> byScript.put(a.script(), a));
    return byScript;
  }

  /** As custody does: a chain is read again while it is followed. */
  boolean again() {
    boolean moved = isFollowed(bitcoin) && bitcoinAgain.step();
    return moved | isFollowed(ethereum) && ethereumAgain.step();
  }

  private static boolean isFollowed(Scanner scanner) {
    return scanner.status().state() == ScanStatus.State.FOLLOWING;
  }

  /** Somebody asks for a chain to be read again from a height on. */
  void readAgain(ChainName chain, long height) {
    transactions.run(t -> {
      InvisibleDeposits.forget(t, chain);
      (chain == ChainName.BTC ? bitcoinAgain : ethereumAgain).begin(t, height);
    });
  }

  /** Until nothing moves. */
  void settle() {
    boolean moved = true;
    while (moved) {
      moved = bitcoin.step() | ethereum.step() | invisible.step() | dispatcher.step();
      moved |= again();
    }
  }
}
