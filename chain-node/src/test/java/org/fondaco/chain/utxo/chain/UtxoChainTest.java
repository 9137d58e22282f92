package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain by its rules and against a naive one. */
class UtxoChainTest {
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(2_000_000_000);
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final Consensus CASH = Networks.bitcoinCashRegtest();

  private static UtxoChain open(KeyValueStore store, Consensus consensus) {
    return UtxoChain.open(store, consensus, CLOCK);
  }

  private static List<Block> grow(UtxoChain chain, Blocks blocks, int count) {
    return RandomTree.grow(chain, blocks, count);
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

  /** A random tree of blocks that spend one another's outputs, most on one of the best tips. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261128})
  void randomTreesEqualTheNaiveChain(long seed) {
    Random random = new Random(seed);
    MemoryStore store = new MemoryStore();
    UtxoChain chain = open(store, BITCOIN);
    grow(chain, new Blocks(BITCOIN), 110);
    RandomTree tree = new RandomTree(chain, random);
    for (int i = 0; i < 60; i++) {
      chain.accept(tree.near(chain.tip(), 3));
      if (random.nextInt(10) == 0) {
        chain.invalidate(chain.tip());
      }
      assertThat(UtxoCheck.unspent(chain))
          .as("seed %d, step %d", seed, i)
          .isEqualTo(UtxoCheck.naive(chain, chain.tip()));
    }
    UtxoChain again = open(store.copy(), BITCOIN);
    assertThat(again.tip().hash()).isEqualTo(chain.tip().hash());
    assertThat(again.statistics().hash()).isEqualTo(chain.statistics().hash());
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
