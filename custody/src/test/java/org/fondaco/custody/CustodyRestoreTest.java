package org.fondaco.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.backup.Restore;
import org.fondaco.custody.backup.RestoredKeys;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.payout.PayoutRules;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.signer.InProcessVault;
import org.fondaco.custody.sweep.SweepRules;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.custody.withdrawal.WithdrawalTerms;
import org.fondaco.db.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Database, engine and machine are lost; the words and the chain are left. */
class CustodyRestoreTest {
  private static final long CUSTOMER = 1_000;
  private static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  private static final String OUTSIDE = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final long COIN = 100_000_000;

  @TempDir Path data;
  private final Database database = TestDatabase.empty();
  private final Leadership lead = TestDatabase.lead(database);
  private final ModelLedger ledger = new ModelLedger();
  private final ModelCore node = new ModelCore("restored");

  @AfterEach
  void stepDown() {
    lead.close();
  }

  private record Opened(Custody custody, Custody.Keys keys) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      custody.close();
      keys.signer().close();
      keys.guard().close();
    }
  }

  private Opened open(CustodyFolder from) throws Exception {
    Vault vault = Vault.read(from.vault());
    Guard guard = Guard.open(from.guard());
    try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray())) {
      Custody.Keys keys =
          new Custody.Keys(
              vault.derivation(), InProcessVault.open(vault, passphrase, guard), guard);
      Custody custody =
          new Custody(
              new Custody.Ground(
                  lead,
                  ledger,
                  (t, actor, action, detail) -> {},
                  asset -> Optional.of(BigDecimal.ONE),
                  (t, cut) -> Optional.empty(),
                  database.jooq(),
                  InstantSource.system()),
              keys,
              List.of(plan()),
              asset -> new WithdrawalTerms.Terms(1_000, 5_000));
      return new Opened(custody, keys);
    }
  }

  private ChainPlan plan() {
    AssetSettings settings =
        new AssetSettings(
            BTC,
            BigInteger.valueOf(1_000),
            List.of(new AssetSettings.Tier(0, 1)),
            BigInteger.valueOf(1_000),
            1);
    return new ChainPlan(
        new ChainSettings(ChainName.BTC, 0, 30, List.of(settings)),
        new ChainPlan.Node.Outputs(node, UtxoRules.of(ChainName.BTC)),
        new PayoutRules(
            1,
            3,
            BigInteger.valueOf(100_000),
            2,
            Duration.ofMinutes(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            4),
        new SweepRules(1, 10, 10, Duration.ofDays(1)),
        Map.of(1, BigInteger.ONE));
  }

  private CoreBlock.Transaction pays(String script, long atoms) {
    CoreBlock.Transaction transaction =
        node.make(
            List.of(node.outside()), List.of(ModelCore.output(script, BigInteger.valueOf(atoms))));
    node.submit(transaction);
    node.mine();
    return transaction;
  }

  private CustodyFolder restored() throws Exception {
    CustodyFolder made = CustodyFolder.below(data);
    byte[] entropy = Mnemonic.newEntropy();
    try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray())) {
      Restore.fromWords(
          made,
          entropy,
          Network.REGTEST,
          EnumSet.of(Tier.CUSTOMER, Tier.HOT),
          passphrase,
          new Argon2(32, 1, 1),
          3,
          Map.of());
    }
    return made;
  }

  private static String script(Derivation derivation, Tier tier) {
    return HexFormat.of().formatHex(derivation.derive(ChainName.BTC, tier, 0).address().target());
  }

  /** What the chain has; the coin that was spent after the backup, which no database knows. */
  private String past(Derivation derivation) {
    node.mine(3);
    CoreBlock.Transaction spent = pays(script(derivation, Tier.HOT), 2 * COIN);
    pays(script(derivation, Tier.CUSTOMER), COIN);
    node.mine(5);
    node.submit(
        node.make(
            List.of(new CoreBlock.OutPoint(spent.txid(), 0)),
            List.of(ModelCore.output("0014" + "77".repeat(20), BigInteger.valueOf(COIN)))));
    node.mine();
    pays(script(derivation, Tier.HOT), 3 * COIN);
    node.mine(4);
    return spent.txid();
  }

  @Test
  void nothingLeavesBeforeTheLastBlockIsReadAndThenPaymentsGo() throws Exception {
    CustodyFolder made = restored();
    String spent = past(Vault.read(made.vault()).derivation());
    lead.run(t -> RestoreLock.lock(t, Map.of(), null, InstantSource.system().instant()));
    try (Opened opened = open(made)) {
      opened.custody().check(database.jooq());
      watch(made, opened.custody());
      while (opened.custody().statuses().getFirst().cursor() < 9) {
        opened.custody().step();
        assertThat(node.mempool()).isEmpty();
      }
      assertThatThrownBy(() -> request(opened.custody()))
          .isInstanceOf(WithdrawalException.class)
          .hasMessage("withdrawals of BTC are stopped for now");
    }
    // The process dies in the middle; the next one knows of the restore from the database alone.
    try (Opened opened = open(made)) {
      Custody custody = opened.custody();
      custody.check(database.jooq());
      while (scanning(custody)) {
        custody.step();
        assertThat(scanning(custody) ? node.mempool() : List.of()).isEmpty();
      }
      for (int i = 0; i < 100 && RestoreLock.holds(database.jooq(), ChainName.BTC); i++) {
        custody.step();
      }
      assertThatThrownBy(() -> request(custody))
          .as("somebody was paid of whom this database knows nothing")
          .isInstanceOf(WithdrawalException.class);
      lead.run(t -> custody.halts().lift(t, 1, "anna", "looked"));
      lead.run(t -> custody.halts().lift(t, 1, "bruno", "looked"));
      Withdrawal asked = request(custody);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (paid(custody, asked).isEmpty() && System.nanoTime() < deadline) {
        if (!custody.step()) {
          LockSupport.parkNanos(1_000_000);
        }
      }
      assertThat(node.mempool())
          .extracting(CoreBlock.Transaction::txid)
          .contains(paid(custody, asked));
      assertThat(node.mempool())
          .flatExtracting(CoreBlock.Transaction::inputs)
          .as("not the coin that was spent after the backup")
          .extracting(CoreBlock.OutPoint::txid)
          .isNotEmpty()
          .doesNotContain(spent);
      assertThat(RestoreLock.states(database.jooq()))
          .filteredOn(state -> state.chain() == ChainName.BTC)
          .extracting(RestoreLock.State::releasedHeight)
          .containsExactly(node.tip());
      assertThat(RestoreLock.holds(database.jooq(), ChainName.LTC))
          .as("a chain that is not served")
          .isTrue();
    }
  }

  private static Withdrawal request(Custody custody) {
    return custody
        .withdrawals()
        .request(new WithdrawalRequest(CUSTOMER, "rent", 1, OUTSIDE, new BigDecimal("0.5")));
  }

  /** The transaction that pays it, empty when there is none yet. */
  private static String paid(Custody custody, Withdrawal asked) {
    String txid = custody.withdrawals().await(asked.id(), Duration.ZERO).txid();
    return txid == null ? "" : txid;
  }

  private boolean scanning(Custody custody) {
    ScanStatus status = custody.statuses().getFirst();
    return status.cursor() < node.tip();
  }

  private static void watch(CustodyFolder made, Custody custody) throws Exception {
    for (RestoredKeys.Range range : RestoredKeys.read(made).orElseThrow().ranges()) {
      if (range.family() == ChainName.BTC) {
        Map<Integer, Long> owners =
            range.tier() == Tier.CUSTOMER ? Map.of(0, CUSTOMER) : range.owners();
        custody.addresses().restore(range.family(), range.tier(), range.lastIndex(), owners);
      }
    }
  }

  @Test
  void aGuardFileThatWasBroughtBackNeedNotBeInTheDatabaseAndAnotherOneMust() throws Exception {
    CustodyFolder made = restored();
    Digest signed = Digest.sha256("signed on the machine that is lost");
    try (Guard guard = Guard.open(made.guard())) {
      guard.append(
          new GuardEntry(
              Anchor.nonce("ETH-1", "0x" + "11".repeat(20), BigInteger.ONE),
              GuardEntry.NOBODY,
              1,
              signed,
              List.of(signed)));
    }
    try (Opened opened = open(made)) {
      assertThatThrownBy(() -> opened.custody().check(database.jooq()))
          .isInstanceOf(Dispatcher.Contradiction.class)
          .hasMessageContaining("is not in the database");
      lead.run(
          t -> RestoreLock.lock(t, Map.of(), signed.toBytes(), InstantSource.system().instant()));
      opened.custody().check(database.jooq());
      lead.run(t -> RestoreLock.lock(t, Map.of(), null, InstantSource.system().instant()));
      assertThatThrownBy(() -> opened.custody().check(database.jooq()))
          .isInstanceOf(Dispatcher.Contradiction.class);
    }
  }
}
