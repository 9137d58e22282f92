package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.DyingStore;
import org.fondaco.chain.store.DyingStore.Death;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A chain that dies before any of its writes, and one whose database is damaged. */
class DeathTest {
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final int ACTIONS = 14;

  /** Blocks up to here can be spent in those that follow. */
  private static final int GROWN = 104;

  private static UtxoChain open(KeyValueStore store) {
    return UtxoChain.open(store, BITCOIN, UtxoCheck.CLOCK);
  }

  private static UtxoChain reindex(KeyValueStore store) {
    return UtxoChain.open(store, BITCOIN, UtxoCheck.CLOCK, true);
  }

  /** The store of a chain of some height. */
  private static MemoryStore grown() {
    MemoryStore store = new MemoryStore();
    RandomTree.grow(open(store), new Blocks(BITCOIN), GROWN);
    return store;
  }

  /** What a random chain went through, to be done again. */
  private static List<Consumer<UtxoChain>> actions(MemoryStore before, Random random) {
    UtxoChain chain = open(before.copy());
    RandomTree tree = new RandomTree(chain, random);
    List<Consumer<UtxoChain>> actions = new ArrayList<>();
    for (int i = 0; i < ACTIONS; i++) {
      Consumer<UtxoChain> action;
      if (random.nextInt(6) == 0) {
        Hash gone = chain.tip().hash();
        action = each -> invalidate(each, gone);
      } else {
        Block block = tree.near(chain.tip(), 2);
        boolean header = random.nextInt(4) == 0;
        action =
            each -> {
              if (header) {
                each.accept(block.header());
              }
              each.accept(block);
            };
      }
      action.accept(chain);
      actions.add(action);
    }
    return actions;
  }

  private static void invalidate(UtxoChain chain, Hash hash) {
    BlockEntry entry = chain.entry(hash);
    if (entry != null) {
      chain.invalidate(entry);
    }
  }

  /** Each death is followed by a second life, in which everything is done to its end. */
  @ParameterizedTest
  @CsvSource({"1,PROCESS", "2,MACHINE", "20261128,PROCESS", "20261128,MACHINE"})
  void aDeathBeforeAnyWriteLeavesAWholeChain(long seed, Death death) {
    MemoryStore before = grown();
    List<Consumer<UtxoChain>> actions = actions(before, new Random(seed));
    int deaths = 0;
    for (boolean died = true; died; deaths++) {
      DyingStore disk = new DyingStore(before, deaths, death);
      died = false;
      try {
        UtxoChain victim = open(disk);
        actions.forEach(action -> action.accept(victim));
      } catch (StoreException e) {
        died = true;
      }
      UtxoChain survivor = open(disk.found());
      assertThat(UtxoCheck.unspent(survivor))
          .as("seed %d, death %d", seed, deaths)
          .isEqualTo(UtxoCheck.naive(survivor, survivor.tip()));
      UtxoCheck.checkIndexes(survivor);
      actions.forEach(action -> action.accept(survivor));
      UtxoCheck.check(survivor);
    }
    assertThat(deaths).isGreaterThan(ACTIONS);
  }

  /** A reorganisation of three blocks: whatever it died of, the longer chain wins in the end. */
  @ParameterizedTest
  @EnumSource
  void aReorganisationEndsAfterAnyDeath(Death death) {
    MemoryStore before = new MemoryStore();
    UtxoChain chain = open(before);
    Blocks blocks = new Blocks(BITCOIN);
    RandomTree.grow(chain, blocks, 105);
    UtxoChain other = RandomTree.copy(chain, BITCOIN, 102);
    List<Block> longer = RandomTree.grow(other, blocks, 4);
    int kills = 0;
    for (boolean died = true; died; kills++) {
      DyingStore disk = new DyingStore(before, kills, death);
      died = false;
      try {
        UtxoChain victim = open(disk);
        longer.forEach(victim::accept);
      } catch (StoreException e) {
        died = true;
      }
      UtxoChain survivor = open(disk.found());
      UtxoCheck.check(survivor);
      longer.forEach(survivor::accept);
      assertThat(survivor.tip().hash()).isEqualTo(other.tip().hash());
      assertThat(survivor.statistics().hash()).isEqualTo(other.statistics().hash());
    }
    assertThat(kills).isGreaterThan(10);
  }

  /** Half a reorganisation happened before the disk failed; whoever listens knows that half. */
  @Test
  void listenersHearWhatHappenedBeforeTheDiskFailed() {
    MemoryStore before = new MemoryStore();
    UtxoChain chain = open(before);
    Blocks blocks = new Blocks(BITCOIN);
    RandomTree.grow(chain, blocks, 5);
    UtxoChain victim = open(new DyingStore(before, 2, Death.PROCESS));
    List<Integer> gone = new ArrayList<>();
    victim.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            throw new AssertionError("nothing is connected");
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            gone.add(entry.height());
          }
        });
    BlockEntry third = Objects.requireNonNull(victim.at(3));
    assertThatThrownBy(() -> victim.invalidate(third)).hasMessage("killed");
    assertThat(gone).containsExactly(5, 4);
    assertThat(victim.tip().height()).isEqualTo(3);
  }

  private static MemoryStore forked(long seed) {
    MemoryStore store = grown();
    UtxoChain chain = open(store);
    RandomTree tree = new RandomTree(chain, new Random(seed));
    for (int i = 0; i < 12; i++) {
      chain.accept(tree.near(chain.tip(), 2));
    }
    return store;
  }

  @ParameterizedTest
  @CsvSource({"1,PROCESS", "20261128,MACHINE"})
  void reindexingMakesTheSameAgainThroughAnyDeath(long seed, Death death) {
    MemoryStore before = forked(seed);
    UtxoChain chain = open(before.copy());
    Hash hash = chain.statistics().hash();
    int deaths = 0;
    for (boolean died = true; died; deaths += 1 + deaths / 3) {
      DyingStore disk = new DyingStore(before, deaths, death);
      died = false;
      try {
        assertThat(reindex(disk).statistics().hash()).isEqualTo(hash);
      } catch (StoreException e) {
        died = true;
      }
      UtxoChain survivor = open(disk.found());
      assertThat(survivor.tip().hash()).isEqualTo(chain.tip().hash());
      assertThat(survivor.statistics().hash()).as("death %d", deaths).isEqualTo(hash);
      assertThat(survivor.tips().stream().map(BlockEntry::hash).toList())
          .containsExactlyInAnyOrderElementsOf(
              chain.tips().stream().map(BlockEntry::hash).toList());
      UtxoCheck.checkIndexes(survivor);
    }
    assertThat(deaths).isGreaterThan(GROWN);
  }

  private static byte[] key(char kind, Hash hash) {
    byte[] key = new byte[1 + Hash.BYTES];
    key[0] = (byte) kind;
    hash.copyTo(key, 1);
    return key;
  }

  /** What of the database may be lost or damaged and comes back from the blocks. */
  @Test
  void reindexingMendsWhatIsNotABlock() {
    MemoryStore before = forked(3);
    UtxoChain chain = open(before.copy());
    Hash hash = chain.statistics().hash();
    Hash tip = chain.tip().hash();
    List<Batch> damages =
        List.of(
            Batch.buffered().remove(new byte[] {'T'}),
            Batch.buffered().put(new byte[] {'T'}, new byte[5]),
            Batch.buffered().put(key('i', tip), new byte[7]),
            Batch.buffered().remove(key('i', at(chain, 50))),
            Batch.buffered().put(key('u', tip), new byte[] {9, 9}),
            Batch.buffered().put(key('i', Hash.ZERO), new byte[93]));
    for (Batch damage : damages) {
      MemoryStore store = before.copy();
      store.write(damage);
      UtxoChain mended = reindex(store);
      assertThat(mended.tip().hash()).isEqualTo(tip);
      assertThat(mended.statistics().hash()).isEqualTo(hash);
    }
  }

  private static Hash at(UtxoChain chain, int height) {
    return Objects.requireNonNull(chain.at(height)).hash();
  }

  /** A damaged block is told by its name; reindexing drops it, and then it may be given again. */
  @Test
  void aDamagedBlockIsNamedAndMayBeGivenAgain() {
    MemoryStore store = grown();
    UtxoChain chain = open(store);
    Hash hash = chain.statistics().hash();
    Hash name = at(chain, 60);
    Block good = Objects.requireNonNull(chain.block(name));
    byte[] cut = java.util.Arrays.copyOf(good.encode(), 100);
    store.write(Batch.buffered().put(key('b', name), cut));
    UtxoChain damaged = open(store);
    assertThatThrownBy(() -> damaged.block(name))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the database is damaged: block "
                + Reversed.text(name)
                + ": end of data; --reindex makes it again");
    assertThatThrownBy(() -> damaged.invalidate(Objects.requireNonNull(damaged.at(50))))
        .hasMessageContaining(Reversed.text(name));
    UtxoChain mended = reindex(store);
    assertThat(mended.tip().height()).isEqualTo(59);
    UtxoCheck.check(mended);
    assertThat(mended.accept(good)).isEqualTo(new Acceptance.Connected());
    assertThat(mended.tip().height()).isEqualTo(GROWN);
    assertThat(mended.statistics().hash()).isEqualTo(hash);
  }

  @Test
  void aBlockWithAnotherBodyIsDropped() {
    MemoryStore store = grown();
    UtxoChain chain = open(store);
    Block good = Objects.requireNonNull(chain.block(at(chain, 60)));
    Block other = Objects.requireNonNull(chain.block(at(chain, 61)));
    List<Transaction> body = other.transactions();
    store.write(
        Batch.buffered()
            .put(key('b', good.hash()), new Block(good.header(), body).encode())
            .put(key('b', other.hash()), good.encode()));
    assertThatThrownBy(() -> open(store).block(other.hash())).hasMessageContaining("another");
    assertThat(reindex(store).tip().height()).isEqualTo(59);
  }

  @Test
  void everyOtherDamageIsTold() {
    MemoryStore before = grown();
    UtxoChain chain = open(before.copy());
    Hash tip = chain.tip().hash();
    told(before, Batch.buffered().remove(new byte[] {'T'}), "no tip or no genesis");
    told(before, Batch.buffered().remove(key('i', at(chain, 0))), "no tip or no genesis");
    told(before, Batch.buffered().put(new byte[] {'T'}, new byte[32]), "a tip that it does not");
    told(before, Batch.buffered().put(new byte[] {'T'}, new byte[31]), "the tip");
    told(before, Batch.buffered().put(key('i', tip), new byte[8]), "a header");
    told(before, Batch.buffered().remove(key('i', at(chain, 9))), "lacks the parent");
    told(
        before,
        Batch.buffered().put(new byte[] {'V'}, "7 x".getBytes(StandardCharsets.UTF_8)),
        "\"7 x\", not \"1 BTC regtest\"");
  }

  private static void told(MemoryStore before, Batch damage, String words) {
    MemoryStore store = before.copy();
    store.write(damage);
    assertThatThrownBy(() -> open(store))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the database ")
        .hasMessageContaining(words);
  }
}
