package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.backup.Restore;
import org.fondaco.custody.backup.RestoredKeys;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnderTest;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
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
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.fondaco.db.Database;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database is lost and the 24 words are not: every deposit is found again on real nodes, from a
 * height or by reading again while the chain goes on, once and not twice.
 */
class RescanTest {
  private static final int CUSTOMERS = 4;
  private static final int COIN = 1;
  private static final int GAP = 20;
  private static final int CONFIRMATIONS = 2;

  @TempDir Path folder;

  private final byte[] entropy = new byte[32];

  /** A venue's custody of one chain, as far as deposits go. */
  private final class Life {
    final Database database = TestDatabase.empty();
    final CrashingTransactions transactions = new CrashingTransactions(database, new Random(1));
    final ModelLedger ledger = new ModelLedger();
    final AddressIssue addresses;
    final Scanner scanner;
    final Rescan rescan;
    final BooleanSupplier invisible;
    final Dispatcher dispatcher;
    final ChainName chain;

    Life(ChainName chain, NodeUnderTest node, Derivation derivation, long start) {
      this.chain = chain;
      InstantSource clock = InstantSource.system();
      Asset coin = new Asset(COIN, "COIN", chain, null, chain.hasOutputs() ? 8 : 18, 8);
      ChainSettings settings =
          new ChainSettings(
              chain,
              start,
              10,
              List.of(
                  new AssetSettings(
                      coin,
                      BigInteger.ZERO,
                      List.of(new AssetSettings.Tier(0, CONFIRMATIONS)),
                      BigInteger.ZERO,
                      1)));
      Deposits deposits = new Deposits(List.of(settings), clock);
      ScanParties parties = new ScanParties((t, c, txid, spends) -> false, deposits, List.of());
      addresses = new AddressIssue(transactions, derivation, clock);
      dispatcher =
          new Dispatcher(transactions, ledger, Map.of(Subject.Kind.DEPOSIT, deposits), clock);
      if (chain.hasOutputs()) {
        scanner = new Scanner(settings, node.core(), parties, transactions, clock);
        rescan = new Rescan(settings, node.core(), parties, transactions, clock);
        invisible = () -> false;
      } else {
        scanner = new Scanner(settings, node.evm(), parties, transactions, clock);
        rescan = new Rescan(settings, node.evm(), parties, transactions, clock);
        invisible =
            new InvisibleValue(settings, node.evm(), deposits, transactions, clock, 100)::step;
      }
    }

    void settle() {
      while (scanner.step() | dispatcher.step() | rescan.step() | invisible.getAsBoolean()) {
        continue;
      }
      assertThat(scanner.status().state())
          .as(scanner.status().toString())
          .isEqualTo(ScanStatus.State.FOLLOWING);
    }

    void readAgain(long height) {
      transactions.run(t -> {
        InvisibleDeposits.forget(t, chain);
        rescan.begin(t, height);
      });
      settle();
    }

    /** Key, atoms, owner and state of every deposit. */
    Set<String> deposits() {
      Set<String> found = new TreeSet<>();
      database
          .jooq()
          .selectFrom(CUSTODY_DEPOSITS)
          .forEach(r ->
              assertThat(
                      found.add(
                          "%s:%s %s of %s %s"
                              .formatted(
                                  HexFormat.of().formatHex(r.getTxid()),
                                  r.getPosition(),
                                  r.getAtoms(),
                                  r.getAccount(),
                                  r.getState())))
                  .isTrue());
      return found;
    }

    Map<Long, Long> credited() {
      Map<Long, Long> credited = new HashMap<>();
      for (long account = 1_000; account < 1_000 + CUSTOMERS; account++) {
        credited.put(account, ledger.free(account, COIN));
      }
      return credited;
    }
  }

  private NodeUnderTest open(String name) throws Exception {
    return switch (name) {
      case "ETH" -> NodeUnderTest.ours();
      case "anvil" -> NodeUnderTest.anvil();
      case "litecoind" -> NodeUnderTest.litecoind(folder);
      default -> NodeUnderTest.ours(ChainName.valueOf(name), folder);
    };
  }

  private static ChainName chain(String name) {
    return switch (name) {
      case "anvil" -> ChainName.ETH;
      case "litecoind" -> ChainName.LTC;
      default -> ChainName.valueOf(name);
    };
  }

  private static void pay(NodeUnderTest node, ChainName chain, String to, int coins) {
    if (chain.hasOutputs()) {
      node.call("sendtoaddress", to, coins);
    } else {
      BigInteger wei = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(coins));
      node.call(
          "eth_sendTransaction",
          Map.of(
              "from",
              node.call("eth_accounts").get(0).stringValue(),
              "to",
              to,
              "value",
              "0x" + wei.toString(16)));
    }
  }

  private static void mine(NodeUnderTest node, ChainName chain, int blocks) {
    if (chain.hasOutputs()) {
      node.call("generatetoaddress", blocks, node.text("getnewaddress"));
    } else {
      for (int i = 0; i < blocks; i++) {
        node.call("evm_mine");
      }
    }
  }

  /** From the words, as ./fondaco custody restore does it. */
  private RestoredKeys.Range restored(ChainName chain, CustodyFolder to) throws Exception {
    try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray())) {
      return Restore.fromWords(
              to,
              entropy,
              Network.REGTEST,
              EnumSet.of(Tier.CUSTOMER),
              passphrase,
              new Argon2(8 << 10, 1, 1),
              GAP,
              Map.of())
          .ranges()
          .stream()
          .filter(range -> range.family() == chain)
          .findAny()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC", "BCH", "litecoind", "ETH", "anvil"})
  void everyDepositIsFoundFromTheWordsAndFoundOnce(String name) throws Exception {
    new Random(7).nextBytes(entropy);
    ChainName chain = chain(name);
    Derivation derivation =
        new Derivation(
            Network.REGTEST, Vault.accounts(entropy, Network.REGTEST, EnumSet.of(Tier.CUSTOMER)));
    try (NodeUnderTest node = open(name)) {
      if (chain.hasOutputs()) {
        mine(node, chain, 105);
      }
      Life first = new Life(chain, node, derivation, ChainSettings.TIP);
      first.settle();
      Map<Integer, Long> owners = new HashMap<>();
      for (int i = 0; i < CUSTOMERS; i++) {
        owners.put(i, 1_000L + i);
        String to = first.addresses.address(1_000L + i, chain).address();
        pay(node, chain, to, i + 1);
        if (i % 2 == 0) {
          mine(node, chain, 1);
          pay(node, chain, to, 7);
        }
      }
      mine(node, chain, CONFIRMATIONS + 1);
      first.settle();
      Set<String> truth = first.deposits();
      Map<Long, Long> credited = first.credited();
      assertThat(truth).hasSize(CUSTOMERS + CUSTOMERS / 2).allMatch(d -> d.endsWith("CREDITED"));

      // Words alone: everything is found, and is nobody's.
      CustodyFolder words = CustodyFolder.below(folder.resolve("words"));
      RestoredKeys.Range range = restored(chain, words);
      Derivation again = Vault.read(words.vault()).derivation();
      Life second = new Life(chain, node, again, 0);
      second.addresses.restore(chain, Tier.CUSTOMER, range.lastIndex(), Map.of());
      second.settle();
      assertThat(second.deposits())
          .containsExactlyInAnyOrderElementsOf(
              truth.stream()
                  .map(d -> d.replaceFirst(" of \\d+ CREDITED", " of null UNATTRIBUTED"))
                  .toList());

      Life third = new Life(chain, node, again, ChainSettings.TIP);
      third.settle();
      third.addresses.restore(chain, Tier.CUSTOMER, range.lastIndex(), owners);
      requireFoundOnceByReadingAgain(third, node, truth, credited);
    }
  }

  /** A backup's owners, and a venue that began at its tip. */
  private static void requireFoundOnceByReadingAgain(
      Life life, NodeUnderTest node, Set<String> truth, Map<Long, Long> credited) {
    mine(node, life.chain, 1);
    life.settle();
    assertThat(life.credited().values()).containsOnly(0L);
    life.readAgain(0);
    assertThat(life.deposits()).isEqualTo(truth);
    assertThat(life.credited()).isEqualTo(credited);
    for (int i = 0; i < 2; i++) {
      life.readAgain(i);
      mine(node, life.chain, 1);
      life.settle();
      assertThat(life.credited()).isEqualTo(credited);
    }
    assertThat(life.deposits()).hasSameSizeAs(truth);
    long beyond = life.scanner.status().cursor() + 1;
    assertThatThrownBy(() -> life.readAgain(beyond)).isInstanceOf(IllegalArgumentException.class);
  }
}
