package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;

/** Whether a chain is whole: what follows from its blocks is what it has. */
public final class UtxoCheck {
  public static final InstantSource CLOCK = () -> Instant.ofEpochSecond(2_000_000_000);

  private UtxoCheck() {}

  /** Compares the chain with one that begins anew and with the naive one, and its indexes. */
  public static void check(UtxoChain chain) {
    assertThat(replayed(chain)).as("replayed %s", chain.tip()).isEqualTo(hash(chain));
    assertThat(unspent(chain)).as("naive %s", chain.tip()).isEqualTo(naive(chain, chain.tip()));
    checkIndexes(chain);
  }

  private static String hash(UtxoChain chain) {
    UnspentStatistics statistics = chain.statistics();
    return statistics.hash() + " " + statistics.outputs() + " " + statistics.total();
  }

  /** gettxoutsetinfo's hash of a chain that got the same blocks from the genesis on. */
  private static String replayed(UtxoChain chain) {
    try (UtxoChain again = UtxoChain.open(new MemoryStore(), chain.consensus(), CLOCK)) {
      for (int height = 1; height <= chain.tip().height(); height++) {
        assertThat(again.accept(blockAt(chain, height))).isEqualTo(new Acceptance.Connected());
      }
      return hash(again);
    }
  }

  private static Block blockAt(UtxoChain chain, int height) {
    Hash hash = Objects.requireNonNull(chain.at(height)).hash();
    return Objects.requireNonNull(chain.block(hash));
  }

  public static void checkIndexes(UtxoChain chain) {
    Set<Hash> onChain = new HashSet<>();
    for (int height = 1; height <= chain.tip().height(); height++) {
      Block block = blockAt(chain, height);
      assertThat(chain.undo(block.hash())).as("what block %d spent", height).isNotNull();
      for (int i = 0; i < block.transactions().size(); i++) {
        Hash txid = block.transactions().get(i).txid();
        assertThat(chain.place(txid)).isEqualTo(new UtxoChain.Place(block.hash(), i));
        onChain.add(txid);
      }
    }
    for (BlockEntry tip : chain.tips()) {
      for (BlockEntry at = tip; at != null && !chain.isOnChain(at); at = at.parent()) {
        Block block = chain.block(at.hash());
        if (block != null) {
          for (Transaction transaction : block.transactions()) {
            assertThat(onChain.contains(transaction.txid()))
                .isEqualTo(chain.place(transaction.txid()) != null);
          }
        }
      }
    }
  }

  /** Everything that the naive chain knows: all unspent outputs, folded from the genesis. */
  public static Map<OutPoint, UnspentOutput> naive(UtxoChain chain, BlockEntry tip) {
    Map<OutPoint, UnspentOutput> unspent = new HashMap<>();
    for (int height = 1; height <= tip.height(); height++) {
      Block block = Objects.requireNonNull(chain.block(tip.ancestor(height).hash()));
      for (Transaction transaction : block.transactions()) {
        for (int i = 0; i < transaction.outputs().size(); i++) {
          if (!Scripts.isUnspendable(transaction.outputs().get(i).script())) {
            unspent.put(
                new OutPoint(transaction.txid(), i),
                new UnspentOutput(transaction.outputs().get(i), height, transaction.isCoinbase()));
          }
        }
        transaction.inputs().forEach(input -> unspent.remove(input.outPoint()));
      }
    }
    return unspent;
  }

  public static Map<OutPoint, UnspentOutput> unspent(UtxoChain chain) {
    Map<OutPoint, UnspentOutput> unspent = new HashMap<>();
    chain.eachUnspent(unspent::put);
    return unspent;
  }
}
