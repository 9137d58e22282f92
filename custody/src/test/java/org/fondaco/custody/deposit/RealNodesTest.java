package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.word.Address;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnderTest;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.InvisibleValue;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.db.Database;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deposits on real nodes, told apart by their address only: our four chains, litecoind and anvil.
 */
class RealNodesTest {
  private static final long CUSTOMER = 1_000;
  private static final int COIN = 1;
  private static final int TOKEN = 5;

  @TempDir Path folder;

  private final Database database = TestDatabase.empty();
  private final CrashingTransactions transactions =
      new CrashingTransactions(database, new Random(1));
  private final ModelLedger ledger = new ModelLedger();

  private void watch(ChainName family, String script) {
    database
        .jooq()
        .insertInto(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.FAMILY, family.name())
        .set(CUSTODY_ADDRESSES.TIER, "CUSTOMER")
        .set(CUSTODY_ADDRESSES.INDEX, 0L)
        .set(CUSTODY_ADDRESSES.PATH, "m")
        .set(CUSTODY_ADDRESSES.ADDRESS, script)
        .set(CUSTODY_ADDRESSES.SCRIPT, HexFormat.of().parseHex(script))
        .set(CUSTODY_ADDRESSES.ACCOUNT, CUSTOMER)
        .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
        .execute();
  }

  private static ChainSettings settings(ChainName chain, @Nullable String token) {
    AssetSettings coin =
        asset(new Asset(COIN, "COIN", chain, null, chain.hasOutputs() ? 8 : 18, 8));
    return new ChainSettings(
        chain,
        0,
        10,
        token == null
            ? List.of(coin)
            : List.of(coin, asset(new Asset(TOKEN, "USDT", chain, token, 6, 8))));
  }

  private static AssetSettings asset(Asset asset) {
    return new AssetSettings(
        asset, BigInteger.ZERO, List.of(new AssetSettings.Tier(0, 2)), BigInteger.ZERO, 1);
  }

  private void settle(Scanner scanner, Dispatcher dispatcher) {
    while (scanner.step() | dispatcher.step()) {
      continue;
    }
    assertThat(scanner.status().state())
        .as(scanner.status().toString())
        .isEqualTo(ScanStatus.State.FOLLOWING);
  }

  private CustodyDepositsRecord deposit(String txid, String position) {
    return database
        .jooq()
        .selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.TXID.eq(HexFormat.of().parseHex(txid)))
        .and(CUSTODY_DEPOSITS.POSITION.like(position))
        .fetchSingle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC", "BCH", "LTC", "litecoind"})
  void coinsAreCreditedOnceThroughReorganisations(String name) throws Exception {
    boolean foreign = name.equals("litecoind");
    ChainName chain = foreign ? ChainName.LTC : ChainName.valueOf(name);
    String hash = "5a".repeat(20);
    String script = chain == ChainName.BCH ? "76a914" + hash + "88ac" : "0014" + hash;
    watch(chain, script);
    String to = Addresses.of(chain, Network.REGTEST, HexFormat.of().parseHex(script)).text();
    ChainSettings settings = settings(chain, null);
    Deposits deposits = new Deposits(List.of(settings), InstantSource.system());
    try (NodeUnderTest node =
        foreign ? NodeUnderTest.litecoind(folder) : NodeUnderTest.ours(chain, folder)) {
      Scanner scanner =
          new Scanner(
              settings,
              node.core(),
              new ScanParties((t, c, txid, spends) -> false, deposits, List.of()),
              transactions,
              InstantSource.system());
      Dispatcher dispatcher =
          new Dispatcher(
              transactions, ledger, Map.of(Subject.Kind.DEPOSIT, deposits), InstantSource.system());
      String miner = node.text("getnewaddress");
      node.call("generatetoaddress", 101, miner);
      settle(scanner, dispatcher);
      assertThat(scanner.status().cursor()).isEqualTo(101);
      // The other branch: two blocks that do not know the deposit.
      String other = node.call("generatetoaddress", 2, miner).get(0).stringValue();
      node.call("invalidateblock", other);
      String txid = node.text("sendtoaddress", to, 1.5);
      String first = node.call("generatetoaddress", 1, miner).get(0).stringValue();
      settle(scanner, dispatcher);
      assertThat(deposit(txid, "%").getState()).isEqualTo("SEEN");
      node.call("generatetoaddress", 1, miner);
      settle(scanner, dispatcher);
      assertThat(deposit(txid, "%").getState()).isEqualTo("CREDITED");
      assertThat(ledger.free(CUSTOMER, COIN)).isEqualTo(150_000_000);

      node.call("invalidateblock", first);
      node.call("reconsiderblock", other);
      settle(scanner, dispatcher);
      assertThat(deposit(txid, "%").getState()).isEqualTo("CREDITED_ORPHANED");
      assertThat(ledger.frozen(CUSTOMER)).isTrue();

      node.call("generatetoaddress", 12, miner);
      settle(scanner, dispatcher);
      assertThat(deposit(txid, "%").getState()).isEqualTo("FINAL");
      assertThat(ledger.frozen(CUSTOMER)).isFalse();
      assertThat(ledger.free(CUSTOMER, COIN)).isEqualTo(150_000_000);
    }
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static String send(NodeUnderTest node, Map<String, Object> call) {
    return node.text("eth_sendTransaction", call).substring(2);
  }

  private static void mine(NodeUnderTest node, int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.call("evm_mine");
    }
  }

  /** USDT as deployed on the main network: no boolean answers, and a fee switch. */
  private static String tether(NodeUnderTest node, String developer) {
    String hash =
        send(
            node,
            Map.of(
                "from",
                developer,
                "gas",
                "0x4c4b40",
                "data",
                hex(
                    Contract.TETHER.deployment(
                        List.of(
                            "Tether USD",
                            "USDT",
                            Address.parse(developer),
                            BigInteger.valueOf(1_000_000_000_000L))))));
    mine(node, 1);
    return node.call("eth_getTransactionReceipt", "0x" + hash)
        .path("contractAddress")
        .stringValue()
        .substring(2)
        .toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> transfer(
      String from, String contract, String to, long atoms, String tip) {
    byte[] data =
        Contract.TETHER.call(
            "transfer", List.of(Address.parse("0x" + to), BigInteger.valueOf(atoms)));
    return Map.of(
        "from",
        from,
        "to",
        "0x" + contract,
        "gas",
        "0x30d40",
        "maxFeePerGas",
        "0x174876e800",
        "maxPriorityFeePerGas",
        tip,
        "data",
        hex(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "anvil"})
  void coinsAndTokensAreCreditedByWhatTheChainSays(String name) throws Exception {
    String account = "5a".repeat(20);
    watch(ChainName.ETH, account);
    try (NodeUnderTest node = name.equals("ours") ? NodeUnderTest.ours() : NodeUnderTest.anvil()) {
      String developer = node.call("eth_accounts").get(0).stringValue();
      String contract = tether(node, developer);
      ChainSettings settings = settings(ChainName.ETH, contract);
      Deposits deposits = new Deposits(List.of(settings), InstantSource.system());
      Scanner scanner =
          new Scanner(
              settings,
              node.evm(),
              new ScanParties((t, c, txid, spends) -> false, deposits, List.of()),
              transactions,
              InstantSource.system());
      Dispatcher dispatcher =
          new Dispatcher(
              transactions, ledger, Map.of(Subject.Kind.DEPOSIT, deposits), InstantSource.system());
      String coins =
          send(node, Map.of("from", developer, "to", "0x" + account, "value", "0xde0b6b3a7640001"));
      String tokens = send(node, transfer(developer, contract, account, 2_000_000, "0x77359400"));
      String tooMuch =
          send(node, transfer(developer, contract, account, Long.MAX_VALUE, "0x77359400"));
      mine(node, 2);
      settle(scanner, dispatcher);
      assertThat(deposit(coins, "native").getResidue()).isEqualTo(BigInteger.ONE);
      assertThat(ledger.free(CUSTOMER, COIN)).isEqualTo(100_000_000);
      assertThat(deposit(tokens, contract + ":0").getState()).isEqualTo("CREDITED");
      assertThat(ledger.free(CUSTOMER, TOKEN)).isEqualTo(200_000_000);
      assertThat(
              database
                  .jooq()
                  .fetchExists(
                      CUSTODY_DEPOSITS, CUSTODY_DEPOSITS.TXID.eq(HexFormat.of().parseHex(tooMuch))))
          .as("a transfer that reverted")
          .isFalse();
      InvisibleValue invisible =
          new InvisibleValue(
              settings, node.evm(), deposits, transactions, InstantSource.system(), 10);
      assertThat(invisible.step()).isTrue();
      assertThat(database.jooq().fetchCount(CUSTODY_DEPOSITS)).as("nothing invisible").isEqualTo(2);
      if (!name.equals("ours")) {
        anotherPlaceInTheBlock(node, contract, account, scanner, dispatcher);
      }
    }
  }

  /** A reorganisation moves the deposit's log within its block, before the credit and after it. */
  private void anotherPlaceInTheBlock(
      NodeUnderTest node, String contract, String account, Scanner scanner, Dispatcher dispatcher) {
    String one = node.call("eth_accounts").get(0).stringValue();
    String two = node.call("eth_accounts").get(1).stringValue();
    send(node, transfer(one, contract, two.substring(2), 50_000_000, "0x77359400"));
    mine(node, 1);
    settle(scanner, dispatcher);
    for (int confirmations = 1; confirmations <= 2; confirmations++) {
      long before = ledger.free(CUSTOMER, TOKEN);
      String snapshot = node.text("evm_snapshot");
      send(node, transfer(one, contract, "77".repeat(20), 5, "0x77359400"));
      String deposit = send(node, transfer(two, contract, account, 3_000_000, "0x3b9aca00"));
      mine(node, confirmations);
      settle(scanner, dispatcher);
      assertThat(logIndex(node, deposit)).isEqualTo("0x1");
      assertThat(deposit(deposit, contract + ":0").getState())
          .isEqualTo(confirmations == 1 ? "SEEN" : "CREDITED");

      node.call("evm_revert", snapshot);
      assertThat(send(node, transfer(two, contract, account, 3_000_000, "0x3b9aca00")))
          .isEqualTo(deposit);
      mine(node, 3);
      settle(scanner, dispatcher);
      assertThat(logIndex(node, deposit)).isEqualTo("0x0");
      assertThat(deposit(deposit, contract + ":0").getState()).isEqualTo("CREDITED");
      assertThat(ledger.free(CUSTOMER, TOKEN) - before).isEqualTo(300_000_000);
      assertThat(ledger.frozen(CUSTOMER)).isFalse();
    }
  }

  private static String logIndex(NodeUnderTest node, String txid) {
    return node.call("eth_getTransactionReceipt", "0x" + txid)
        .path("logs")
        .get(0)
        .path("logIndex")
        .stringValue();
  }
}
