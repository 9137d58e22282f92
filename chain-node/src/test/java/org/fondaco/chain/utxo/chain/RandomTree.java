package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;

/** Blocks that spend one another's outputs, anywhere in the tree. */
public final class RandomTree {
  private final UtxoChain chain;
  private final Blocks blocks;
  private final Random random;

  public RandomTree(UtxoChain chain, Random random) {
    this.chain = chain;
    blocks = new Blocks(chain.consensus());
    this.random = random;
  }

  /** So many blocks on the tip, taken. */
  public static List<Block> grow(UtxoChain chain, Blocks blocks, int count) {
    List<Block> grown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Block block = blocks.next(chain.tip());
      assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
      grown.add(block);
    }
    return grown;
  }

  /** A chain that has only what another has on its chain. */
  public static UtxoChain copy(UtxoChain chain, Consensus consensus, int height) {
    UtxoChain copy = UtxoChain.open(new MemoryStore(), consensus, UtxoCheck.CLOCK);
    for (int at = 1; at <= height; at++) {
      copy.accept(Objects.requireNonNull(chain.block(Objects.requireNonNull(chain.at(at)).hash())));
    }
    return copy;
  }

  /** A block on the tip or a few before it, with up to two transactions. */
  public Block near(BlockEntry tip, int backMax) {
    return on(tip.ancestor(tip.height() - Math.min(random.nextInt(backMax + 1), tip.height())), 2);
  }

  /** A block with up to so many transactions, some of which spend what others of it make. */
  public Block on(BlockEntry parent, int transactionsMax) {
    List<OutPoint> spendable = new ArrayList<>();
    Map<OutPoint, UnspentOutput> unspent = UtxoCheck.naive(chain, parent);
    unspent.forEach((outPoint, output) -> {
      if (!output.coinbase() || parent.height() + 1 - output.height() >= 100) {
        spendable.add(outPoint);
      }
    });
    spendable.sort(Comparator.comparing(OutPoint::toString));
    List<Transaction> transactions = new ArrayList<>();
    long fees = 0;
    for (int i = random.nextInt(transactionsMax + 1); i > 0 && !spendable.isEmpty(); i--) {
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
}
