package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain by its rules, against a naive one, and through crashes. */
class UtxoChainTest {
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(2_000_000_000);
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final Consensus CASH = Networks.bitcoinCashRegtest();

  private static UtxoChain open(KeyValueStore store, Consensus consensus) {
    return UtxoChain.open(store, consensus, CLOCK);
  }

  private static List<Block> grow(UtxoChain chain, Blocks blocks, int count) {
    List<Block> grown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Block block = blocks.next(chain.tip());
      assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
      grown.add(block);
    }
    return grown;
  }

  private static OutPoint coinbase(Block block) {
    return new OutPoint(block.transactions().getFirst().txid(), 0);
  }

  @Test
  void theNetworksBeginWithTheirKnownBlocks() {
    assertThat(Networks.bitcoin().genesis().header())
        .hasToString("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    assertThat(BITCOIN.genesis().header())
        .hasToString("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
    assertThat(CASH.genesis()).isEqualTo(BITCOIN.genesis());
    assertThat(Networks.litecoin().genesis().header())
        .hasToString("12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2");
    assertThat(Networks.litecoinRegtest().genesis().header())
        .hasToString("530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9");
  }

  @Test
  void subsidiesHalveUntilNothingIsLeft() {
    assertThat(BITCOIN.subsidy(149)).isEqualTo(5_000_000_000L);
    assertThat(BITCOIN.subsidy(150)).isEqualTo(2_500_000_000L);
    long all = 0;
    for (int height = 0; height < 6_930_000; height += 210_000) {
      all += Networks.bitcoin().subsidy(height) * 210_000;
    }
    assertThat(all).isEqualTo(2_099_999_997_690_000L);
    assertThat(Networks.bitcoin().subsidy(Integer.MAX_VALUE)).isZero();
  }

  @Test
  void aCoinbaseMaturesAndIsSpent() {
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    Block first = grow(chain, blocks, 1).getFirst();
    grow(chain, blocks, 98);
    Transaction spend = Blocks.spend(List.of(coinbase(first)), 4_999_999_000L);
    Block early = blocks.next(chain.tip(), List.of(spend), 1000);
    assertThat(chain.accept(early))
        .isEqualTo(new Acceptance.Invalid("bad-txns-premature-spend-of-coinbase"));
    grow(chain, blocks, 1);
    Block block = blocks.next(chain.tip(), List.of(spend), 1000);
    assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
    assertThat(chain.find(coinbase(first))).isNull();
    assertThat(chain.place(spend.txid())).isEqualTo(new UtxoChain.Place(block.hash(), 1));
    assertThat(chain.statistics().total()).isEqualTo(101 * 5_000_000_000L);
    chain.close();
  }

  /** A block of the other line, then one more: the first line goes, the second comes. */
  @Test
  void moreWorkWinsAndTheFirstOfEqualsStays() {
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    List<String> heard = new ArrayList<>();
    chain.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            heard.add("+" + entry.hash());
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            heard.add("-" + entry.hash());
          }
        });
    BlockEntry genesis = chain.tip();
    Block a = blocks.next(genesis);
    Block b = blocks.next(genesis);
    assertThat(chain.accept(a)).isEqualTo(new Acceptance.Connected());
    assertThat(chain.accept(b)).isEqualTo(new Acceptance.Beside());
    assertThat(chain.accept(b)).isEqualTo(new Acceptance.Duplicate());
    Block c = blocks.next(Objects.requireNonNull(chain.entry(b.hash())));
    assertThat(chain.accept(c)).isEqualTo(new Acceptance.Connected());
    assertThat(heard)
        .containsExactly("+" + a.hash(), "-" + a.hash(), "+" + b.hash(), "+" + c.hash());
    assertThat(chain.tips()).hasSize(2);
    chain.invalidate(Objects.requireNonNull(chain.entry(b.hash())));
    assertThat(chain.tip().hash()).isEqualTo(a.hash());
    assertThat(chain.accept(c)).isEqualTo(new Acceptance.Invalid("duplicate-invalid"));
    chain.reconsider(Objects.requireNonNull(chain.entry(c.hash())));
    assertThat(chain.tip().hash()).isEqualTo(c.hash());
    assertThatThrownBy(() -> chain.invalidate(genesis))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersComeFirstAndBlocksInAnyOrder() {
    UtxoChain source = open(new MemoryStore(), BITCOIN);
    List<Block> blocks = grow(source, new Blocks(BITCOIN), 12);
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    assertThat(chain.accept(blocks.get(1))).isEqualTo(new Acceptance.Orphan());
    for (Block block : blocks) {
      assertThat(chain.accept(block.header())).isEqualTo(new Acceptance.Beside());
    }
    assertThat(chain.bestHeader().height()).isEqualTo(12);
    for (Block block : blocks.reversed()) {
      assertThat(chain.accept(block)).isNotInstanceOf(Acceptance.Invalid.class);
    }
    assertThat(chain.tip().hash()).isEqualTo(source.tip().hash());
    assertThat(chain.statistics().hash()).isEqualTo(source.statistics().hash());
  }

  /** Everything that the naive chain knows: all unspent outputs, folded from the genesis. */
  private static Map<OutPoint, UnspentOutput> naive(UtxoChain chain, BlockEntry tip) {
    Map<OutPoint, UnspentOutput> unspent = new HashMap<>();
    for (int height = 1; height <= tip.height(); height++) {
      Block block = Objects.requireNonNull(chain.block(tip.ancestor(height).hash()));
      for (Transaction transaction : block.transactions()) {
        for (int i = 0; i < transaction.outputs().size(); i++) {
          unspent.put(
              new OutPoint(transaction.txid(), i),
              new UnspentOutput(transaction.outputs().get(i), height, transaction.isCoinbase()));
        }
        transaction.inputs().forEach(input -> unspent.remove(input.outPoint()));
      }
    }
    return unspent;
  }

  private static Map<OutPoint, UnspentOutput> unspent(UtxoChain chain) {
    Map<OutPoint, UnspentOutput> unspent = new HashMap<>();
    chain.eachUnspent(unspent::put);
    return unspent;
  }

  /** A random tree of blocks that spend one another's outputs, most on one of the best tips. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261128})
  void randomTreesEqualTheNaiveChain(long seed) {
    Random random = new Random(seed);
    MemoryStore store = new MemoryStore();
    UtxoChain chain = open(store, BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    grow(chain, blocks, 110);
    for (int i = 0; i < 60; i++) {
      BlockEntry parent = chain.tip();
      parent = parent.ancestor(parent.height() - Math.min(random.nextInt(4), 3));
      chain.accept(randomBlock(chain, blocks, parent, random));
      if (random.nextInt(10) == 0) {
        chain.invalidate(chain.tip());
      }
      assertThat(unspent(chain))
          .as("seed %d, step %d", seed, i)
          .isEqualTo(naive(chain, chain.tip()));
    }
    UtxoChain again = open(store.copy(), BITCOIN);
    assertThat(again.tip().hash()).isEqualTo(chain.tip().hash());
    assertThat(again.statistics().hash()).isEqualTo(chain.statistics().hash());
  }

  private static Block randomBlock(
      UtxoChain chain, Blocks blocks, BlockEntry parent, Random random) {
    List<OutPoint> spendable = new ArrayList<>();
    Map<OutPoint, UnspentOutput> unspent = naive(chain, parent);
    unspent.forEach((outPoint, output) -> {
      if (!output.coinbase() || parent.height() + 1 - output.height() >= 100) {
        spendable.add(outPoint);
      }
    });
    spendable.sort(java.util.Comparator.comparing(OutPoint::toString));
    List<Transaction> transactions = new ArrayList<>();
    long fees = 0;
    for (int i = random.nextInt(3); i > 0 && !spendable.isEmpty(); i--) {
      OutPoint from = spendable.remove(random.nextInt(spendable.size()));
      long value = Objects.requireNonNull(unspent.get(from)).output().value();
      if (value < 10) {
        continue;
      }
      Transaction transaction = Blocks.spend(List.of(from), value / 2, value - value / 2 - 1);
      transactions.add(transaction);
      fees++;
      OutPoint made = new OutPoint(transaction.txid(), random.nextInt(2));
      spendable.add(made);
      unspent.put(
          made,
          new UnspentOutput(transaction.outputs().get((int) made.index()), parent.height(), false));
    }
    return blocks.next(parent, transactions, fees);
  }

  /** Dies before any of its writes, as a process that is killed. */
  private static final class Dying implements KeyValueStore {
    private final MemoryStore disk;
    private int writesLeft;

    Dying(MemoryStore disk, int writesLeft) {
      this.disk = disk;
      this.writesLeft = writesLeft;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return disk.get(key);
    }

    @Override
    public void write(Batch batch) {
      if (writesLeft-- == 0) {
        throw new StoreException("killed");
      }
      disk.write(batch);
    }

    @Override
    public void each(byte[] prefix, Visitor visitor) {
      disk.each(prefix, visitor);
    }

    @Override
    public void close() {
      // The disk outlives the process.
    }
  }

  /** A reorganisation of three blocks, killed before each of its writes. */
  @Test
  void aKillBeforeAnyWriteLeavesAWholeChain() {
    MemoryStore before = new MemoryStore();
    UtxoChain chain = open(before, BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    grow(chain, blocks, 105);
    BlockEntry fork = chain.tip().ancestor(102);
    UtxoChain other = open(new MemoryStore(), BITCOIN);
    for (int height = 1; height <= 102; height++) {
      other.accept(Objects.requireNonNull(chain.block(fork.ancestor(height).hash())));
    }
    List<Block> longer = grow(other, blocks, 4);
    int kills = 0;
    for (boolean died = true; died; kills++) {
      MemoryStore disk = before.copy();
      died = false;
      try {
        UtxoChain victim = open(new Dying(disk, kills), BITCOIN);
        longer.forEach(victim::accept);
      } catch (StoreException e) {
        died = true;
      }
      UtxoChain survivor = open(disk, BITCOIN);
      assertThat(unspent(survivor)).isEqualTo(naive(survivor, survivor.tip()));
      longer.forEach(survivor::accept);
      assertThat(survivor.tip().hash()).isEqualTo(other.tip().hash());
      assertThat(survivor.statistics().hash()).isEqualTo(other.statistics().hash());
    }
    assertThat(kills).isGreaterThan(10);
  }

  @Test
  void anotherNetworksStoreIsRefused() {
    MemoryStore store = new MemoryStore();
    UtxoChain chain = open(store, BITCOIN);
    assertThat(chain.tip().height()).isZero();
    assertThatThrownBy(() -> open(store, CASH))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1 BTC regtest")
        .hasMessageContaining("1 BCH regtest");
  }
}
