package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_UNKNOWN_TOKENS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnderTest;
import org.fondaco.custody.chain.TokenZoo;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.InvisibleValue;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.db.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What odd tokens and odd payments of ether become, on our node and on anvil. */
class TokenZooTest {
  private static final long FIRST = 1_000;
  private static final long SECOND = 1_001;
  private static final String ONE = "5a".repeat(20);
  private static final String TWO = "5b".repeat(20);
  private static final String STRANGER = "77".repeat(20);
  private static final int COIN = 1;
  private static final int DOLLAR = 5;
  private static final int ODD = 6;

  private final Database database = TestDatabase.empty();
  private final CrashingTransactions transactions =
      new CrashingTransactions(database, new Random(1));
  private final ModelLedger ledger = new ModelLedger();

  private void watch(String address, long account) {
    database
        .jooq()
        .insertInto(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.FAMILY, "ETH")
        .set(CUSTODY_ADDRESSES.TIER, "CUSTOMER")
        .set(CUSTODY_ADDRESSES.INDEX, account)
        .set(CUSTODY_ADDRESSES.PATH, "m")
        .set(CUSTODY_ADDRESSES.ADDRESS, address)
        .set(CUSTODY_ADDRESSES.SCRIPT, HexFormat.of().parseHex(address))
        .set(CUSTODY_ADDRESSES.ACCOUNT, account)
        .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
        .execute();
  }

  private static AssetSettings asset(Asset asset) {
    return new AssetSettings(
        asset, BigInteger.ZERO, List.of(new AssetSettings.Tier(0, 1)), BigInteger.ZERO, 1);
  }

  /** States and atoms by position, of one transaction. */
  private Map<String, String> deposits(String txid) {
    return database
        .jooq()
        .selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.TXID.eq(HexFormat.of().parseHex(txid)))
        .fetchMap(
            r -> r.getPosition().replaceAll("^[0-9a-f]{40}:", ""),
            r -> r.getState() + " " + r.getAtoms());
  }

  private static TokenZoo.Event event(String from, String to, long value) {
    return new TokenZoo.Event(from, to, BigInteger.valueOf(value));
  }

  /** Our custody of a chain with three assets; everything mined is read. */
  private final class Custody {
    final TokenZoo zoo;
    final String dollar;
    final String odd;
    final ChainSettings settings;
    final Deposits deposits;
    final Scanner scanner;
    final Dispatcher dispatcher;

    Custody(NodeUnderTest node) {
      zoo = new TokenZoo(node);
      dollar = zoo.tether();
      odd = zoo.parrot();
      settings = settings(true);
      deposits = new Deposits(List.of(settings), InstantSource.system());
      scanner =
          new Scanner(
              settings,
              node.evm(),
              new ScanParties((t, c, txid, spends) -> false, deposits, List.of()),
              transactions,
              InstantSource.system());
      dispatcher =
          new Dispatcher(
              transactions, ledger, Map.of(Subject.Kind.DEPOSIT, deposits), InstantSource.system());
      watch(ONE, FIRST);
      watch(TWO, SECOND);
    }

    ChainSettings settings(boolean withOdd) {
      List<AssetSettings> assets =
          new ArrayList<>(
              List.of(
                  asset(new Asset(COIN, "ETH", ChainName.ETH, null, 18, 8)),
                  asset(new Asset(DOLLAR, "USDT", ChainName.ETH, dollar, 6, 8))));
      if (withOdd) {
        assets.add(asset(new Asset(ODD, "ODD", ChainName.ETH, odd, 8, 8)));
      }
      return new ChainSettings(ChainName.ETH, 0, 10, assets);
    }

    String send(String to, long microdollars) {
      return zoo.tether(dollar, "transfer", TokenZoo.address(to), BigInteger.valueOf(microdollars));
    }

    void settle() {
      zoo.mine(2);
      while (scanner.step() | dispatcher.step()) {
        continue;
      }
    }
  }

  private static NodeUnderTest open(String name) throws Exception {
    return name.equals("ours") ? NodeUnderTest.ours() : NodeUnderTest.anvil();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void ofADollarWithAFeeOnlyWhatArrivedIsCredited(String name) throws Exception {
    try (NodeUnderTest node = open(name)) {
      Custody custody = new Custody(node);
      custody.zoo.tether(custody.dollar, "setParams", BigInteger.TEN, BigInteger.ONE);
      String taxed = custody.send(ONE, 2_000_000);
      String capped = custody.send(TWO, 5_000_000_000L);
      String zero = custody.send(ONE, 0);
      custody.zoo.tether(custody.dollar, "addBlackList", TokenZoo.address(custody.zoo.owner()));
      String reverted = custody.send(ONE, 1);
      custody.settle();
      // A fee's own event comes first.
      assertThat(deposits(taxed)).containsExactly(Map.entry("1", "CREDITED 1998000"));
      assertThat(deposits(capped)).containsExactly(Map.entry("1", "CREDITED 4999000000"));
      assertThat(ledger.free(FIRST, DOLLAR)).isEqualTo(199_800_000);
      assertThat(ledger.free(SECOND, DOLLAR)).isEqualTo(499_900_000_000L);
      assertThat(deposits(zero)).isEmpty();
      assertThat(deposits(reverted)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void ofManyEventsEachIsADepositAndAnothersContractIsNone(String name) throws Exception {
    try (NodeUnderTest node = open(name)) {
      Custody custody = new Custody(node);
      String unlisted = custody.zoo.parrot();
      BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
      String many =
          custody.zoo.parrot(
              custody.odd,
              event(STRANGER, ONE, 7),
              event(STRANGER, ONE, 7),
              event(STRANGER, TWO, 0),
              event(STRANGER, STRANGER, 5),
              event(STRANGER, TWO, 9),
              new TokenZoo.Event(STRANGER, TWO, most));
      String another = custody.zoo.parrot(unlisted, event(STRANGER, ONE, 1_000_000_000));
      custody.settle();
      assertThat(deposits(many))
          .containsOnly(
              Map.entry("0", "CREDITED 7"),
              Map.entry("1", "CREDITED 7"),
              Map.entry("4", "CREDITED 9"),
              Map.entry("5", "UNATTRIBUTED " + most));
      assertThat(ledger.free(FIRST, ODD)).isEqualTo(14);
      assertThat(ledger.free(SECOND, ODD)).isEqualTo(9);
      assertThat(deposits(another)).isEmpty();
      assertThat(database.jooq().fetchSingle(CUSTODY_UNKNOWN_TOKENS).getToken())
          .isEqualTo(unlisted);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void etherFromWithinAContractIsFoundByItsBalanceAndIsNobodys(String name) throws Exception {
    try (NodeUnderTest node = open(name)) {
      Custody custody = new Custody(node);
      custody.zoo.payHidden(TWO, BigInteger.TEN.pow(18));
      custody.settle();
      assertThat(database.jooq().fetchCount(CUSTODY_DEPOSITS)).isZero();
      InvisibleValue invisible =
          new InvisibleValue(
              custody.settings(false),
              node.evm(),
              custody.deposits,
              transactions,
              InstantSource.system(),
              9);
      assertThat(invisible.step()).isTrue();
      var hidden = database.jooq().fetchSingle(CUSTODY_DEPOSITS);
      assertThat(hidden.getPosition()).startsWith("balance:");
      assertThat(hidden.getState()).isEqualTo("UNATTRIBUTED");
      assertThat(hidden.getAtoms()).isEqualTo(BigInteger.TEN.pow(18));
      assertThat(ledger.free(SECOND, COIN)).isZero();
    }
  }
}
