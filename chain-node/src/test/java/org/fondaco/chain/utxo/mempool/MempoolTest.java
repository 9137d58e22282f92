package org.fondaco.chain.utxo.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.mempool.Mempool.Verdict;
import org.fondaco.chain.utxo.mining.BlockTemplate;
import org.fondaco.chain.utxo.mining.UtxoMiner;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool by Bitcoin Core's rules, and against what follows from them. */
class MempoolTest {
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final long COIN = 100_000_000;

  /** What anyone may spend is not standard, so standard rules are tried apart. */
  private static final MempoolPolicy LOOSE = policy(300_000_000, true, false);

  private long nowSeconds = 1_800_000_000;
  private final InstantSource clock = () -> Instant.ofEpochSecond(nowSeconds);
  private UtxoChain chain = UtxoChain.open(new MemoryStore(), BITCOIN, clock);
  private Blocks blocks = new Blocks(BITCOIN);
  private Mempool pool = new Mempool(chain, LOOSE, clock);
  private final List<OutPoint> mature = new ArrayList<>();

  private static MempoolPolicy policy(long bytesMax, boolean replaceAll, boolean standardOnly) {
    return new MempoolPolicy(
        new FeeRate(1_000),
        new FeeRate(1_000),
        new FeeRate(3_000),
        25,
        101_000,
        bytesMax,
        83,
        replaceAll ? MempoolPolicy.Replaced.ALL : MempoolPolicy.Replaced.SIGNALLED,
        standardOnly,
        MempoolPolicy.Forms.BITCOIN,
        Duration.ofHours(336));
  }

  @BeforeEach
  void grow() {
    for (int i = 0; i < 130; i++) {
      Block block = blocks.next(chain.tip());
      assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
      if (i < 30) {
        mature.add(new OutPoint(block.transactions().getFirst().txid(), 0));
      }
    }
  }

  private Transaction pay(OutPoint from, long in, long fee) {
    return Blocks.spend(List.of(from), in - fee - 1000, 1000);
  }

  private void accepted(Transaction transaction) {
    assertThat(pool.accept(transaction)).isInstanceOf(Verdict.Accepted.class);
  }

  private void refused(Transaction transaction, String reason) {
    assertThat(pool.accept(transaction))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).startsWith(reason));
  }

  @Test
  void takesAndRefusesInBitcoinCoresWords() {
    Transaction good = pay(mature.get(0), 50 * COIN, 1000);
    assertThat(pool.test(good)).isInstanceOf(Verdict.Accepted.class);
    assertThat(pool.all()).isEmpty();
    accepted(good);
    refused(good, "txn-already-in-mempool");
    refused(pay(mature.get(1), 50 * COIN, 10), "min relay fee not met, 10 < ");
    refused(pay(mature.get(1), 51 * COIN, 0), "bad-txns-in-belowout");
    refused(
        Objects.requireNonNull(chain.block(chain.tip().hash())).transactions().getFirst(),
        "coinbase");
    OutPoint young =
        new OutPoint(
            Objects.requireNonNull(chain.block(chain.tip().hash()))
                .transactions()
                .getFirst()
                .txid(),
            0);
    refused(pay(young, 50 * COIN, 1000), "bad-txns-premature-spend-of-coinbase");
    refused(pay(new OutPoint(young.txid(), 9), 50 * COIN, 1000), "bad-txns-inputs-missingorspent");
    refused(locked(mature.get(1), 0, 1000), "non-final");
    refused(locked(mature.get(1), 500, 0), "non-BIP68-final");
    Transaction scripted =
        new Transaction(
            2, List.of(new Input(mature.get(1), new byte[] {0x6a}, 0)), good.outputs(), 0);
    refused(scripted, "mempool-script-verify-flag-failed (OP_RETURN was encountered)");
    Block block = blocks.next(chain.tip(), List.of(good), 1000);
    assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
    assertThat(pool.all()).isEmpty();
    refused(good, "txn-already-known");
  }

  private static Transaction locked(OutPoint from, long sequence, long lockTime) {
    List<Output> outputs = List.of(new Output(49 * COIN, Blocks.ANYONE));
    return new Transaction(2, List.of(new Input(from, new byte[0], sequence)), outputs, lockTime);
  }

  @Test
  void aReplacementPaysForWhatLeaves() {
    Transaction first = pay(mature.get(0), 50 * COIN, 1000);
    Transaction child = pay(new OutPoint(first.txid(), 0), 50 * COIN - 2000, 1000);
    accepted(first);
    accepted(child);
    refused(pay(mature.get(0), 50 * COIN, 1000 + 10), "insufficient fee");
    refused(pay(mature.get(0), 50 * COIN, 1999), "insufficient fee");
    refused(pay(mature.get(0), 50 * COIN, 2001), "insufficient fee");
    Transaction better = pay(mature.get(0), 50 * COIN, 5000);
    assertThat(pool.accept(better))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, accepted -> assertThat(accepted.replaced()).hasSize(2));
    assertThat(pool.all()).extracting(MempoolEntry::transaction).containsExactly(better);
    Transaction unrelated = pay(mature.get(1), 50 * COIN, 1000);
    accepted(unrelated);
    Transaction adds =
        Blocks.spend(List.of(mature.get(0), new OutPoint(unrelated.txid(), 0)), 90 * COIN, 1000);
    refused(adds, "replacement-adds-unconfirmed");
  }

  @Test
  void withoutFullReplacementOnlyWhoSaysSoIsReplaced() {
    pool = new Mempool(chain, policy(300_000_000, false, false), clock);
    accepted(pay(mature.get(0), 50 * COIN, 1000)); // final
    refused(pay(mature.get(0), 50 * COIN, 9000), "txn-mempool-conflict");
    List<Output> outputs = List.of(new Output(50 * COIN - 1000, Blocks.ANYONE));
    Input signals = new Input(mature.get(1), new byte[0], 0xffff_fffdL);
    accepted(new Transaction(2, List.of(signals), outputs, 0));
    accepted(pay(mature.get(1), 50 * COIN, 9000));
  }

  @Test
  void chainsOfWaitingTransactionsEndAtTwentyFive() {
    OutPoint from = mature.get(0);
    long in = 50 * COIN;
    for (int i = 0; i < 25; i++) {
      Transaction next = pay(from, in, 1000);
      accepted(next);
      from = new OutPoint(next.txid(), 0);
      in -= 2000;
    }
    refused(pay(from, in, 1000), "too-long-mempool-chain");
    assertThat(pool.ancestors(pool.all().getLast())).hasSize(24);
    assertThat(pool.descendants(pool.all().getFirst())).hasSize(24);
  }

  @Test
  void aFullPoolDropsTheCheapestAndAsksMore() {
    pool = new Mempool(chain, policy(1000, true, false), clock);
    for (int i = 0; i < 20; i++) {
      pool.accept(pay(mature.get(i), 50 * COIN, 1000 + 100 * i));
    }
    Mempool.Statistics statistics = pool.statistics();
    assertThat(statistics.bytes()).isLessThanOrEqualTo(1000);
    assertThat(pool.all()).allMatch(entry -> entry.fee() >= 1500);
    assertThat(statistics.minimumRate().perKilobyte()).isGreaterThan(10_000);
    refused(pay(mature.get(25), 50 * COIN, 500), "mempool min fee not met");
    nowSeconds += Duration.ofDays(7).toSeconds();
    assertThat(pool.statistics().minimumRate()).isEqualTo(new FeeRate(1_000));
  }

  @Test
  void oldOnesExpireWhenABlockComes() {
    accepted(pay(mature.get(0), 50 * COIN, 1000));
    nowSeconds += Duration.ofHours(337).toSeconds();
    accepted(pay(mature.get(1), 50 * COIN, 1000));
    chain.accept(blocks.next(chain.tip()));
    assertThat(pool.all()).hasSize(1);
  }

  @Test
  void whatABlockHeldComesBackWhenTheBlockGoes() {
    Transaction first = pay(mature.get(0), 50 * COIN, 1000);
    Transaction second = pay(new OutPoint(first.txid(), 0), 50 * COIN - 2000, 1000);
    BlockEntry fork = chain.tip();
    chain.accept(blocks.next(chain.tip(), List.of(first), 1000));
    chain.accept(blocks.next(chain.tip(), List.of(second), 1000));
    Transaction third = pay(new OutPoint(second.txid(), 0), 50 * COIN - 4000, 1000);
    accepted(third);
    chain.invalidate(Objects.requireNonNull(chain.at(fork.height() + 1)));
    assertThat(pool.all())
        .extracting(MempoolEntry::transaction)
        .containsExactly(first, second, third);
  }

  @Test
  void standardRulesHaveTheirWords() {
    pool = new Mempool(chain, policy(300_000_000, true, true), clock);
    byte[] keyHash = new byte[22];
    keyHash[1] = 20;
    Input input = new Input(mature.get(0), new byte[0], 0);
    refused(with(3 + 1, input, new Output(COIN, keyHash)), "version");
    refused(with(2, input, new Output(COIN, Blocks.ANYONE)), "tx-size-small");
    refused(with(2, input, new Output(293, keyHash)), "dust");
    byte[] odd = new byte[40];
    Arrays.fill(odd, (byte) 0x61);
    refused(with(2, input, new Output(COIN, odd)), "scriptpubkey");
    byte[] data = new byte[84];
    data[0] = 0x6a;
    data[1] = 0x4c;
    data[2] = 81;
    refused(with(2, input, new Output(0, data)), "datacarrier");
    Input code = new Input(mature.get(0), new byte[] {0x61}, 0);
    refused(with(2, code, new Output(COIN, keyHash)), "scriptsig-not-pushonly");
    refused(with(2, input, new Output(49 * COIN, keyHash)), "bad-txns-nonstandard-inputs");
  }

  private static Transaction with(int version, Input input, Output output) {
    return new Transaction(version, List.of(input), List.of(output), 0);
  }

  /** Random payments, replacements, blocks and reorganisations; then everything still fits. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261128})
  void whatThePoolHasFitsTheChain(long seed) throws InterruptedException {
    Random random = new Random(seed);
    try (UtxoMiner miner = new UtxoMiner(chain, pool, clock, 1)) {
      for (int i = 0; i < 150; i++) {
        step(random, miner);
        check(seed, i);
      }
    }
  }

  private void step(Random random, UtxoMiner miner) throws InterruptedException {
    int kind = random.nextInt(20);
    if (kind == 0) {
      assertThat(miner.mine(Blocks.ANYONE, () -> false)).isNotNull();
    } else if (kind == 1) {
      chain.invalidate(chain.tip());
    } else {
      List<MempoolEntry> all = pool.all();
      OutPoint from = mature.get(random.nextInt(mature.size()));
      long in = 50 * COIN;
      if (!all.isEmpty() && random.nextInt(3) > 0) {
        Transaction parent = all.get(random.nextInt(all.size())).transaction();
        from = new OutPoint(parent.txid(), 0);
        in = parent.outputs().getFirst().value();
      }
      pool.accept(pay(from, in, 200 + random.nextInt(5000)));
    }
  }

  private void check(long seed, int step) {
    Set<OutPoint> spent = new HashSet<>();
    Set<Object> seen = new HashSet<>();
    long bytes = 0;
    for (MempoolEntry entry : pool.all()) {
      for (Input input : entry.transaction().inputs()) {
        assertThat(spent.add(input.outPoint())).as("seed %d step %d", seed, step).isTrue();
        assertThat(seen.contains(input.outPoint().txid()) || chain.find(input.outPoint()) != null)
            .as("seed %d step %d", seed, step)
            .isTrue();
      }
      seen.add(entry.txid());
      bytes += entry.virtualSize();
    }
    assertThat(pool.statistics().bytes()).isEqualTo(bytes);
    BlockTemplate template = BlockTemplate.create(chain, pool, clock);
    assertThat(template.entries()).hasSameSizeAs(pool.all());
    assertThat(chain.test(template.block(Blocks.ANYONE, step)))
        .as("seed %d step %d", seed, step)
        .isNull();
  }

  /** What fits is the best by a naive count: nothing left out pays more than what is in. */
  @Test
  void theSelectionPrefersWhatPays() {
    List<OutPoint> shuffled = new ArrayList<>(mature);
    Collections.shuffle(shuffled, new Random(20261128));
    for (int i = 0; i < 20; i++) {
      accepted(pay(shuffled.get(i), 50 * COIN, 500 + 100 * i));
    }
    long weight = pool.all().getFirst().transaction().weight();
    List<MempoolEntry> chosen = pool.select(7 * weight, 80_000);
    assertThat(chosen)
        .extracting(MempoolEntry::fee)
        .containsExactly(2400L, 2300L, 2200L, 2100L, 2000L, 1900L, 1800L);
    Transaction parent = pay(shuffled.get(20), 50 * COIN, 300);
    Transaction child = pay(new OutPoint(parent.txid(), 0), 50 * COIN - 1300, 20_000);
    accepted(parent);
    accepted(child);
    assertThat(pool.select(2 * weight, 80_000))
        .extracting(MempoolEntry::transaction)
        .containsExactly(parent, child);
  }

  @Test
  void thePoolOutlivesTheProcessAndADamagedFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mempool.dat");
    Transaction first = pay(mature.get(0), 50 * COIN, 1000);
    accepted(first);
    accepted(pay(new OutPoint(first.txid(), 0), 50 * COIN - 2000, 1000));
    accepted(pay(mature.get(1), 50 * COIN, 1000));
    MempoolFile.save(pool, file);
    Mempool again = new Mempool(chain, LOOSE, clock);
    assertThat(MempoolFile.load(file, again, true)).isEqualTo(3);
    assertThat(again.all())
        .extracting(MempoolEntry::txid)
        .isEqualTo(pool.all().stream().map(MempoolEntry::txid).toList());
    byte[] bytes = Files.readAllBytes(file);
    int takenBefore = 0;
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      Mempool part = new Mempool(chain, LOOSE, clock);
      int taken = MempoolFile.load(file, part, true);
      assertThat(taken).isBetween(takenBefore, 3);
      takenBefore = taken;
    }
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) 0xff;
      Files.write(file, changed);
      Mempool part = new Mempool(chain, LOOSE, clock);
      assertThat(MempoolFile.load(file, part, true)).isBetween(0, 3);
    }
    assertThat(MempoolFile.load(folder.resolve("none"), again, true)).isZero();
  }
}
