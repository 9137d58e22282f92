package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of blocks against a chain that works everything out anew, and stores that fail. */
class ReorganisationTest {
  private static final Genesis GENESIS = TestChain.genesis(TestChain.PROOF_OF_WORK);
  private static final SealEngine ENGINE = new HeaderOnly(ChainConfig.read(GENESIS.config()));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomTreesInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Block> tree = tree(random, 60);
    List<Block> waiting = new ArrayList<>(tree);
    Collections.shuffle(waiting.subList(20, waiting.size()), random);
    try (Blockchain chain = Chains.inMemory(GENESIS, ENGINE)) {
      NaiveChain naive = naive(chain);
      List<Block> followed = new ArrayList<>();
      chain.listen((removed, added) -> {
        for (Block block : removed) {
          assertThat(followed.removeLast().hash()).isEqualTo(block.hash());
        }
        followed.addAll(added);
      });
      while (!waiting.isEmpty()) {
        List<Block> left = new ArrayList<>();
        for (Block block : waiting) {
          boolean added = naive.add(block);
          Insertion insertion = chain.insert(block);
          assertThat(insertion instanceof Insertion.UnknownParent).isEqualTo(!added);
          assertThat(insertion).isNotInstanceOf(Insertion.Invalid.class);
          if (!added) {
            left.add(block);
          }
        }
        compare(chain, naive, tree, "seed " + seed);
        assertThat(hashes(followed)).isEqualTo(hashes(naive.chain()));
        waiting = left;
      }
      ChainCheck.check(chain);
    }
  }

  private static NaiveChain naive(Blockchain chain) {
    Map<Address, BigInteger> endowment = new HashMap<>();
    GENESIS
        .accounts()
        .forEach((address, account) -> endowment.put(address, account.balance().toBigInteger()));
    return new NaiveChain(chain.genesis(), endowment);
  }

  /** Blocks whose parents come before them. */
  private static List<Block> tree(Random random, int size) {
    List<Block> tree = new ArrayList<>();
    RandomBlocks blocks = new RandomBlocks(random);
    try (Blockchain builder = Chains.inMemory(GENESIS, ENGINE)) {
      while (tree.size() < size) {
        int back = random.nextInt(8);
        BlockHeader parent =
            tree.size() <= back ? builder.genesis() : tree.get(tree.size() - 1 - back).header();
        Block block = blocks.on(builder, parent, 30, uncles(builder, tree, parent, random));
        assertThat(builder.insert(block)).isNotInstanceOf(Insertion.Invalid.class);
        tree.add(block);
      }
    }
    return tree;
  }

  /** At most one, which the rules allow. */
  private static List<BlockHeader> uncles(
      Blockchain builder, List<Block> tree, BlockHeader parent, Random random) {
    Set<Hash> ancestors = new HashSet<>();
    Set<Hash> taken = new HashSet<>();
    @Nullable Block ancestor = builder.block(parent.hash());
    for (int i = 0; i < 7 && ancestor != null; i++) {
      ancestors.add(ancestor.hash());
      ancestor.uncles().forEach(uncle -> taken.add(uncle.hash()));
      ancestor = builder.block(ancestor.header().parentHash());
    }
    for (Block candidate : tree) {
      BlockHeader header = candidate.header();
      if (ancestors.contains(header.parentHash())
          && !header.parentHash().equals(parent.hash())
          && !ancestors.contains(header.hash())
          && !taken.contains(header.hash())
          && random.nextBoolean()) {
        return List.of(header);
      }
    }
    return List.of();
  }

  private static void compare(
      Blockchain chain, NaiveChain naive, List<Block> universe, String seed) {
    List<Block> expected = naive.chain();
    assertThat(chain.head().number()).as(seed).isEqualTo(expected.size());
    Map<Hash, Blockchain.Location> locations = new HashMap<>();
    for (Block block : expected) {
      assertThat(Objects.requireNonNull(chain.header(block.number())).hash())
          .as(seed)
          .isEqualTo(block.hash());
      for (int i = 0; i < block.transactions().size(); i++) {
        locations.put(
            block.transactions().get(i).hash(),
            new Blockchain.Location(block.hash(), block.number(), i));
      }
    }
    for (Block block : universe) {
      for (Transaction transaction : block.transactions()) {
        assertThat(chain.locate(transaction.hash()))
            .as(seed)
            .isEqualTo(locations.get(transaction.hash()));
      }
    }
    Map<Address, U256> balances = naive.balances();
    for (Address address : RandomBlocks.accounts()) {
      var account = chain.state(chain.head().stateRoot()).account(address);
      assertThat(account == null ? U256.ZERO : account.balance())
          .as(seed + " " + address)
          .isEqualTo(balances.getOrDefault(address, U256.ZERO));
    }
  }

  private static List<Hash> hashes(List<Block> blocks) {
    return blocks.stream().map(Block::hash).toList();
  }

  @Test
  void aChainOf150BlocksGivesWayToAHeavierOne() {
    RandomBlocks blocks = new RandomBlocks(new Random(7));
    try (Blockchain builder = Chains.inMemory(GENESIS, ENGINE);
        Blockchain chain = Chains.inMemory(GENESIS, ENGINE)) {
      List<Block> slow = line(builder, blocks, 150, 60);
      List<Block> fast = line(builder, blocks, 150, 1);
      slow.forEach(block -> assertThat(chain.insert(block)).isEqualTo(new Insertion.Head()));
      fast.forEach(chain::insert);
      assertThat(chain.head().hash()).isEqualTo(fast.getLast().hash());
      ChainCheck.check(chain);
    }
  }

  private static List<Block> line(Blockchain chain, RandomBlocks blocks, int size, int seconds) {
    List<Block> line = new ArrayList<>();
    BlockHeader parent = chain.genesis();
    for (int i = 0; i < size; i++) {
      Block block = blocks.on(chain, parent, seconds, List.of());
      chain.insert(block);
      line.add(block);
      parent = block.header();
    }
    return line;
  }

  @Test
  void aCrashAtAnyWriteLeavesAHeadWithItsStateAndTheChainGoesOn() {
    Random random = new Random(11);
    List<Block> tree = tree(random, 25);
    for (int writes = 0; writes <= tree.size(); writes++) {
      MemoryStore disk = new MemoryStore();
      Chains.init(disk, GENESIS);
      FailingStore failing = new FailingStore(disk, writes);
      try (Blockchain chain = Chains.open(failing, ENGINE)) {
        int taken = 0;
        for (Block block : tree) {
          BlockHeader before = chain.head();
          if (taken == writes) {
            assertThatThrownBy(() -> chain.insert(block)).isInstanceOf(StoreException.class);
            assertThat(chain.head()).isEqualTo(before);
            break;
          }
          chain.insert(block);
          taken++;
        }
      }
      try (Blockchain reopened = Chains.open(disk.copy(), ENGINE)) {
        ChainCheck.check(reopened);
        NaiveChain naive = naive(reopened);
        for (int i = 0; i < tree.size(); i++) {
          assertThat(reopened.insert(tree.get(i)) instanceof Insertion.Known).isEqualTo(i < writes);
          naive.add(tree.get(i));
        }
        compare(reopened, naive, tree, "after " + writes + " writes");
      }
    }
  }

  @Test
  void aFolderThatIsNotThisChainsIsRefusedInClearWords() {
    MemoryStore store = new MemoryStore();
    assertThatThrownBy(() -> Chains.open(store, ENGINE))
        .isInstanceOf(ChainException.class)
        .hasMessage("there is no chain in the data folder: make one with node init");
    Chains.init(store, GENESIS);
    Chains.init(store, GENESIS);
    assertThatThrownBy(() -> Chains.init(store, TestChain.genesis("\"homesteadBlock\":5")))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("the data folder holds the chain of genesis");

    MemoryStore newer = store.copy();
    newer.write(
        Batch.durable()
            .put(
                "mformat".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "v9".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> Chains.open(newer, ENGINE)).hasMessageContaining("has the format v9");

    MemoryStore foreign = new MemoryStore();
    foreign.write(Batch.durable().put(new byte[] {1}, new byte[] {1}));
    assertThatThrownBy(() -> Chains.init(foreign, GENESIS))
        .hasMessage("the data folder holds a database that this program did not write");

    MemoryStore truncated = store.copy();
    Batch batch = Batch.durable();
    store.each(
        new byte[] {'n'},
        (key, _) -> {
          batch.remove(key);
          return true;
        });
    truncated.write(batch);
    assertThatThrownBy(() -> Chains.open(truncated, new InstantSeal()))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("the data folder is damaged: no trie node");
  }
}
