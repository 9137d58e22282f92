package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredChainTest {
  private static final Address TO = Address.of(0xbeef);

  @Test
  void aBlockThatWasBuiltIsTakenAndFoundAgain() {
    try (Blockchain chain =
        Chains.inMemory(TestChain.genesis(TestChain.INSTANT), new InstantSeal())) {
      List<String> heard = new ArrayList<>();
      chain.listen((removed, added) -> heard.add(removed.size() + "," + added.size()));
      Block block = transfer(chain, 0);
      assertThat(chain.insertSealed(block)).isEqualTo(new Blockchain.Insertion.Head());
      assertThat(chain.insertSealed(block)).isEqualTo(new Blockchain.Insertion.Known());
      assertThat(chain.head().hash()).isEqualTo(block.hash());
      Transaction transaction = block.transactions().getFirst();
      assertThat(chain.locate(transaction.hash()))
          .isEqualTo(new Blockchain.Location(block.hash(), 1, 0));
      assertThat(Objects.requireNonNull(chain.receipts(block.hash())).getFirst().success())
          .isTrue();
      assertThat(
              Objects.requireNonNull(chain.state(chain.head().stateRoot()).account(TO)).balance())
          .isEqualTo(U256.of(7));
      assertThat(heard).containsExactly("0,1");
    }
  }

  @Test
  void theSameBlockIsTakenByAChainThatDidNotBuildItAndAfterOpeningAgain(@TempDir Path folder) {
    Block block;
    try (Blockchain builder =
        Chains.inMemory(TestChain.genesis(TestChain.INSTANT), new InstantSeal())) {
      block = transfer(builder, 0);
    }
    RocksStore store = RocksStore.open(folder);
    Chains.init(store, TestChain.genesis(TestChain.INSTANT));
    try (Blockchain chain = Chains.open(store, new InstantSeal())) {
      assertThat(chain.insert(block)).isEqualTo(new Blockchain.Insertion.Head());
    }
    try (Blockchain chain = Chains.open(RocksStore.open(folder), new InstantSeal())) {
      assertThat(chain.head().hash()).isEqualTo(block.hash());
      assertThat(Objects.requireNonNull(chain.block(1)).encode()).isEqualTo(block.encode());
      assertThat(chain.insert(transfer(chain, 1))).isEqualTo(new Blockchain.Insertion.Head());
    }
  }

  private static Block transfer(Blockchain chain, long nonce) {
    return TestChain.block(
        chain,
        TestChain.header(chain, chain.head(), 0, Address.of(0xc0ffee), ""),
        List.of(),
        List.of(TestChain.transfer(nonce, TO, 7, 2).signedBy(TestChain.KEYS.getFirst())));
  }
}
