package org.fondaco.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.chain.mining.Rig.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.pool.TransactionPool.Status;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.MemoryNodeStore;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

/** Ethash on a dataset of 32 KiB: everything else is real. */
class WorkMinerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static void mine(Rig rig, int blocks) throws InterruptedException {
    rig.miner().start(2);
    assertThat(rig.miner().sleepBlocks(blocks, PATIENCE)).isTrue();
    rig.miner().stop();
  }

  @Test
  void aBlockPaysFiveEtherAndTheFees() throws Exception {
    try (Rig rig = Rig.work()) {
      rig.pool().add(transfer(0, 0, 20), true);
      mine(rig, 1);
      Block first = rig.block(1);
      assertThat(first.transactions()).hasSize(1);
      assertThat(rig.chain().engine().check(first.header())).isNull();
      long blocks = rig.chain().head().number();
      U256 fees = U256.of(21_000L * 20_000_000_000L);
      assertThat(rig.balance(Rig.COINBASE))
          .isEqualTo(U256.of(5 * blocks).multiply(Rig.ETHER).add(fees));
      assertThat(rig.miner().hashRate()).isPositive();
      assertThatThrownBy(() -> rig.miner().sealNow()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void needsSomeoneToPay() throws Exception {
    try (Rig rig = Rig.work();
        Miner nobody = Miner.open(rig.chain(), rig.pool(), MinerSettings.standard())) {
      assertThat(nobody.coinbase()).isNull();
      assertThatThrownBy(() -> nobody.start(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("etherbase must be explicitly specified");
      assertThatThrownBy(() -> rig.miner().start(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThat(rig.miner().isMining()).isFalse();
    }
  }

  /** Another node's longer chain: transactions come back, work moves on, the loser is an uncle. */
  @Test
  void followsAnotherMinersHeavierChain() throws Exception {
    try (Rig ours = Rig.work();
        Rig theirs = Rig.work()) {
      theirs.miner().setExtraData(new byte[] {7});
      ours.pool().add(transfer(0, 0, 20), true);
      mine(ours, 1);
      Block lost = ours.block(1);
      assertThat(lost.transactions()).hasSize(1);
      long before = ours.chain().head().number();
      mine(theirs, (int) before + 1);
      for (long number = 1; number <= before + 1; number++) {
        assertThat(ours.chain().insert(theirs.block(number)))
            .isNotInstanceOf(Insertion.Invalid.class);
      }
      assertThat(ours.chain().head().extraData()).containsExactly(7);
      assertThat(ours.pool().status()).isEqualTo(new Status(1, 0));
      mine(ours, 1);
      Block next = ours.block(before + 2);
      assertThat(next.transactions()).hasSize(1);
      if (before == 1) { // deeper losers do not descend from this chain
        assertThat(next.uncles().getFirst().hash()).isEqualTo(lost.hash());
      }
      assertThat(theirs.chain().insert(next)).isInstanceOf(Insertion.Head.class);
    }
  }

  /** Two miners at work at once, each hearing of the other's blocks: they end on one chain. */
  @Test
  void competingMinersAgree() throws Exception {
    try (Rig a = Rig.work();
        Rig b = Rig.work()) {
      b.miner().setExtraData(new byte[] {7});
      b.miner().setCoinbase(Rig.TO);
      a.pool().add(transfer(0, 0, 20), true);
      Gossip toB = new Gossip(b);
      Gossip toA = new Gossip(a);
      a.chain().listen((removed, added) -> toB.send(added));
      b.chain().listen((removed, added) -> toA.send(added));
      a.miner().start(1);
      b.miner().start(1);
      assertThat(a.miner().sleepBlocks(4, PATIENCE)).isTrue();
      a.miner().stop();
      b.miner().stop();
      a.miner().close();
      b.miner().close();
      toB.finish();
      toA.finish();
      // Of equal chains each keeps its own: one more block decides.
      assertThat(shared(a, b)).isGreaterThanOrEqualTo(2);
      assertThat(a.chain().locate(transfer(0, 0, 20).hash())).isNotNull();
    }
  }

  private static long shared(Rig a, Rig b) {
    long number = Math.min(a.chain().head().number(), b.chain().head().number());
    while (!a.block(number).hash().equals(b.block(number).hash())) {
      number--;
    }
    return number;
  }

  /** Delivers blocks on a thread of its own: a listener must not insert. */
  private static final class Gossip {
    private static final Block END =
        new Block(
            Rig.genesis("\"chainId\":1", 5_000).header(new MemoryNodeStore()),
            List.of(),
            List.of(),
            null);

    private final java.util.concurrent.BlockingQueue<Block> queue =
        new java.util.concurrent.LinkedBlockingQueue<>();
    private final Thread thread;

    Gossip(Rig to) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (Block next = queue.take(); next != END; next = queue.take()) {
                    to.chain().insert(next);
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
    }

    void send(List<Block> blocks) {
      queue.addAll(blocks);
    }

    void finish() throws InterruptedException {
      queue.add(END);
      thread.join();
    }
  }

  @Test
  void newerTransactionsGetIntoTheBlockInHand() throws Exception {
    try (Rig rig = Rig.work()) {
      mine(rig, 1);
      Map<?, SortedMap<Long, Transaction>> none = rig.pool().pending();
      assertThat(none).isEmpty();
      assertThat(rig.miner().sleepBlocks(0, PATIENCE)).isTrue();
      rig.miner().start(1);
      rig.pool().add(transfer(0, 0, 20), true);
      while (rig.pool().status().pending() > 0) {
        assertThat(rig.miner().sleepBlocks(1, PATIENCE)).isTrue();
      }
      assertThat(rig.balance(Rig.TO)).isEqualTo(Rig.ETHER);
    }
  }
}
