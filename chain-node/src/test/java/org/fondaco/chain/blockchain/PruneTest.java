package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Address;
import org.junit.jupiter.api.Test;

class PruneTest {
  private static final Genesis GENESIS = TestChain.genesis(TestChain.INSTANT);
  private static final int BLOCKS = 200;
  private static final int KEPT = Chains.KEPT_BLOCKS_MIN;

  private final MemoryStore store = new MemoryStore();

  /** A chain of 200 blocks; one has a brother. */
  private List<String> fill() {
    Chains.init(store, GENESIS);
    RandomBlocks blocks = new RandomBlocks(new Random(5));
    Blockchain chain = open();
    for (int i = 0; i < BLOCKS; i++) {
      BlockHeader parent = chain.head();
      chain.insert(blocks.on(chain, parent, 2, List.of()));
      if (i == BLOCKS - 10) {
        chain.insert(blocks.on(chain, parent, 2, List.of()));
      }
    }
    List<String> balances = new ArrayList<>();
    for (long number = BLOCKS - KEPT + 1; number <= BLOCKS; number++) {
      balances.add(balances(chain, number));
    }
    return balances;
  }

  private Blockchain open() {
    return Chains.open(store, new InstantSeal());
  }

  private static String balances(Blockchain chain, long number) {
    StateSource state = chain.state(Objects.requireNonNull(chain.header(number)).stateRoot());
    StringBuilder text = new StringBuilder();
    for (Address address : RandomBlocks.accounts()) {
      text.append(state.account(address)).append('\n');
    }
    return text.toString().replaceAll("code=[^\\]]*", "");
  }

  @Test
  void theLastStatesStayAndTheOthersGo() {
    List<String> before = fill();
    int nodesBefore = nodes();
    long removed = Chains.prune(store, KEPT);
    assertThat(nodesBefore - nodes()).isEqualTo((int) removed).isPositive();
    Blockchain chain = open();
    ChainCheck.check(chain);
    for (int i = 0; i < KEPT; i++) {
      assertThat(balances(chain, BLOCKS - KEPT + 1 + i)).isEqualTo(before.get(i));
    }
    assertThat(chain.state(chain.genesis().stateRoot())).isNotNull();
    BlockHeader gone = Objects.requireNonNull(chain.header(BLOCKS - KEPT));
    assertThatThrownBy(() -> chain.state(gone.stateRoot()))
        .isInstanceOf(MissingNodeException.class);
    assertThat(Chains.prune(store, KEPT)).isZero();
    Block next = new RandomBlocks(new Random(6)).on(chain, chain.head(), 2, List.of());
    assertThat(chain.insert(next)).isEqualTo(new Insertion.Head());
  }

  @Test
  void aForkAsDeepAsTheStatesThatStayStillWinsAndADeeperOneIsRefused() {
    fill();
    Chains.prune(store, KEPT);
    MemoryStore whole = new MemoryStore();
    Chains.init(whole, GENESIS);
    RandomBlocks blocks = new RandomBlocks(new Random(9));
    try (Blockchain full = Chains.open(whole, new InstantSeal())) {
      Blockchain chain = open();
      for (long number = 1; number <= BLOCKS - KEPT + 1; number++) {
        full.insert(Objects.requireNonNull(chain.block(number)));
      }
      Block deep =
          blocks.on(full, Objects.requireNonNull(full.header(BLOCKS - KEPT)), 2, List.of());
      assertThat(chain.insert(deep))
          .isEqualTo(new Insertion.Invalid("parentHash: the state after the parent was pruned"));
      for (int i = 0; i < KEPT; i++) {
        Block block = blocks.on(full, full.head(), 2, List.of());
        full.insert(block);
        chain.insert(block);
      }
      assertThat(chain.head().hash()).isEqualTo(full.head().hash());
      ChainCheck.check(chain);
    }
  }

  @Test
  void aCrashWhilePruningLeavesTheChainWhole() {
    List<String> before = fill();
    for (int writes = 0; writes < 2; writes++) {
      FailingStore failing = new FailingStore(store, writes);
      assertThatThrownBy(() -> Chains.prune(failing, KEPT)).isInstanceOf(StoreException.class);
      Blockchain chain = open();
      ChainCheck.check(chain);
      assertThat(balances(chain, BLOCKS)).isEqualTo(before.getLast());
    }
    assertThat(Chains.prune(store, KEPT)).isPositive();
  }

  @Test
  void fewerThan128BlocksAreRefused() {
    assertThatThrownBy(() -> Chains.prune(store, KEPT - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Chains.prune(store, KEPT)).isInstanceOf(ChainException.class);
  }

  private int nodes() {
    int[] count = {0};
    store.each(
        new byte[] {'n'},
        (_, _) -> {
          count[0]++;
          return true;
        });
    return count[0];
  }
}
