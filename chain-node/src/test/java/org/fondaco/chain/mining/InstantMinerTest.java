package org.fondaco.chain.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.chain.mining.Rig.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.mining.MinerSettings.Instant;
import org.fondaco.chain.pool.TransactionPool.Admission;
import org.fondaco.chain.pool.TransactionPool.Status;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.MemoryNodeStore;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

class InstantMinerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static void add(Rig rig, Transaction... transactions) {
    for (Transaction transaction : transactions) {
      assertThat(rig.pool().add(transaction, true)).isInstanceOf(Admission.Accepted.class);
    }
  }

  @Test
  void sealsWhenThereIsATransactionAndThenRests() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnTransaction(0))) {
      rig.miner().start(1);
      add(rig, transfer(0, 1, 5)); // not before nonce 0 is there
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(50))).isFalse();
      add(rig, transfer(0, 0, 5));
      awaitHead(rig, 1);
      assertThat(rig.pool().status()).isEqualTo(new Status(0, 0));
      assertThat(rig.balance(Rig.TO)).isEqualTo(U256.of(2).multiply(Rig.ETHER));
      assertThat(rig.balance(Rig.COINBASE)).isNotEqualTo(U256.ZERO);
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(50))).isFalse();
      rig.miner().stop();
      assertThat(rig.miner().isMining()).isFalse();
      long before = rig.chain().head().number();
      add(rig, transfer(0, 2, 5));
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(50))).isFalse();
      assertThat(rig.chain().head().number()).isEqualTo(before);
    }
  }

  @Test
  void confirmsUntilTheTransactionIsDeepEnough() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnTransaction(2))) {
      rig.miner().start(1);
      add(rig, transfer(0, 0, 5));
      awaitHead(rig, 3);
      assertThat(rig.block(1).transactions()).hasSize(1);
      assertThat(rig.block(3).transactions()).isEmpty();
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(1_200))).isFalse();
    }
  }

  @Test
  void goesOnConfirmingAfterARestart() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnDemand())) {
      add(rig, transfer(0, 0, 5));
      assertThat(rig.miner().sealNow().transactions()).hasSize(1);
      MinerSettings again =
          MinerSettings.standard()
              .withCoinbase(Rig.COINBASE)
              .withInstant(new Instant.OnTransaction(2));
      try (Miner miner = Miner.open(rig.chain(), rig.pool(), again)) {
        miner.start(1);
        assertThat(miner.sleepBlocks(2, PATIENCE)).isTrue();
        assertThat(miner.sleepBlocks(1, Duration.ofMillis(1_200))).isFalse();
      }
    }
  }

  private static void awaitHead(Rig rig, long number) throws InterruptedException {
    long missing = number - rig.chain().head().number();
    assertThat(rig.miner().sleepBlocks((int) missing, PATIENCE)).isTrue();
  }

  @Test
  void sealsByTheClock() throws Exception {
    try (Rig rig = Rig.instant(new Instant.Every(Duration.ofMillis(20)))) {
      rig.miner().start(1);
      awaitHead(rig, 5);
    }
  }

  @Test
  void sealsOnDemandOnly() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnDemand())) {
      rig.miner().start(1);
      add(rig, transfer(0, 0, 5));
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(50))).isFalse();
      Block block = rig.miner().sealNow();
      assertThat(block.transactions()).hasSize(1);
      assertThat(rig.chain().head().hash()).isEqualTo(block.hash());
      assertThat(rig.miner().sealNow().transactions()).isEmpty();
      assertThat(rig.miner().hashRate()).isZero();
      assertThat(rig.miner().datasetPercent()).isEqualTo(100);
    }
  }

  @Test
  void theBestPayingGoFirstAndNoncesStayInOrder() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnDemand())) {
      Transaction low = transfer(0, 0, 3);
      Transaction high = transfer(0, 1, 90);
      Transaction middle = transfer(1, 0, 10);
      Transaction top = transfer(2, 0, 50);
      add(rig, low, high, middle, top);
      assertThat(hashes(rig.miner().sealNow()))
          .containsExactly(top.hash(), middle.hash(), low.hash(), high.hash());
    }
  }

  private static List<Hash> hashes(Block block) {
    return block.transactions().stream().map(Transaction::hash).toList();
  }

  @Test
  void fillsTheGasAndLeavesTheRest() throws Exception {
    try (Rig rig = Rig.instantWithGasLimit(70_000)) {
      rig.miner().setGasCeiling(70_000);
      Transaction large = transfer(0, 0, 50, 60_000); // uses 21,000 of them
      Transaction tooLarge = transfer(1, 0, 40, 60_000);
      Transaction afterTooLarge = transfer(1, 1, 90);
      Transaction small = transfer(2, 0, 30);
      add(rig, large, tooLarge, afterTooLarge, small);
      assertThat(hashes(rig.miner().sealNow())).containsExactly(large.hash(), small.hash());
      assertThat(hashes(rig.miner().sealNow()))
          .containsExactly(tooLarge.hash(), afterTooLarge.hash());
      assertThat(rig.pool().status()).isEqualTo(new Status(0, 0));
    }
  }

  @Test
  void whatDoesNotPayTheBaseFeeWaits() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnTransaction(0))) {
      rig.miner().start(1);
      Transaction cheap = Rig.transfer(0, 0, 0).signedBy(Rig.key(0)); // a price of 0 as a local one
      add(rig, cheap);
      assertThat(rig.miner().sleepBlocks(1, Duration.ofMillis(50))).isFalse();
      assertThat(rig.pool().status()).isEqualTo(new Status(1, 0));
      assertThat(rig.miner().pending().block().transactions()).isEmpty();
    }
  }

  @Test
  void headersFollowTheSettings() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnDemand())) {
      rig.miner().setExtraData(new byte[] {1, 2});
      rig.miner().setGasCeiling(20_000_000);
      Block first = rig.miner().sealNow();
      assertThat(first.header().coinbase()).isEqualTo(Rig.COINBASE);
      assertThat(first.header().extraData()).containsExactly(1, 2);
      assertThat(first.header().gasLimit()).isEqualTo(30_000_000 - 30_000_000 / 1024 + 1);
      assertThat(first.header().baseFee()).isEqualTo(U256.of(875_000_000));
      rig.miner().setCoinbase(Rig.TO);
      Block second = rig.miner().sealNow();
      assertThat(second.header().coinbase()).isEqualTo(Rig.TO);
      assertThat(second.header().mixHash()).isNotEqualTo(first.header().mixHash());
      assertThatThrownBy(() -> rig.miner().setExtraData(new byte[33]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("extra exceeds max length. 33 > 32");
      assertThatThrownBy(() -> rig.miner().setGasCeiling(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theGasLimitMovesTowardsTheCeiling() {
    BlockHeader parent = Rig.genesis(Rig.LONDON, 1_024_000).header(new MemoryNodeStore());
    assertThat(BlockBuilder.gasLimit(parent, true, 2_000_000)).isEqualTo(1_024_999);
    assertThat(BlockBuilder.gasLimit(parent, true, 1_024_500)).isEqualTo(1_024_500);
    assertThat(BlockBuilder.gasLimit(parent, true, 0)).isEqualTo(1_023_001);
    BlockHeader before = Rig.genesis(Rig.WORK, 1_024_000).header(new MemoryNodeStore());
    assertThat(BlockBuilder.gasLimit(before, true, 5_000_000)).isEqualTo(2_048_000 + 1_999);
    assertThat(BlockBuilder.gasLimit(before, false, 1_024_000)).isEqualTo(1_024_000);
  }

  @Test
  void pendingIsWhatWouldBeMined() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnDemand())) {
      add(rig, transfer(0, 0, 5));
      Miner.Pending pending = rig.miner().pending();
      assertThat(pending.block().transactions()).hasSize(1);
      assertThat(pending.receipts()).hasSize(1);
      assertThat(pending.state().balance(Rig.TO)).isEqualTo(Rig.ETHER);
      assertThat(pending.state().nonce(Rig.address(0))).isEqualTo(1);
      assertThat(rig.balance(Rig.TO)).isEqualTo(U256.ZERO);
      // Nothing changed: the same block, and a state of one's own.
      WorldState own = rig.miner().pending().state();
      own.addBalance(Rig.TO, Rig.ETHER);
      assertThat(rig.miner().pending().block()).isSameAs(pending.block());
      assertThat(rig.miner().pending().state().balance(Rig.TO)).isEqualTo(Rig.ETHER);
      add(rig, transfer(1, 0, 5));
      assertThat(rig.miner().pending().block().transactions()).hasSize(2);
      Block sealed = rig.miner().sealNow();
      assertThat(sealed.transactions()).hasSize(2);
      assertThat(rig.miner().pending().block().transactions()).isEmpty();
      assertThat(rig.miner().pending().block().header().parentHash()).isEqualTo(sealed.hash());
    }
  }

  /** Many accounts at once: every transaction is mined once, in few blocks. */
  @Test
  void aCrowdIsServed() throws Exception {
    try (Rig rig = Rig.instant(new Instant.OnTransaction(0))) {
      rig.miner().start(1);
      List<Thread> users = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int account = i;
        users.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int nonce = 0; nonce < 25; nonce++) {
                    add(rig, transfer(account, nonce, 5));
                  }
                }));
      }
      for (Thread user : users) {
        user.join();
      }
      while (rig.pool().status().pending() > 0) {
        rig.miner().sleepBlocks(1, Duration.ofMillis(20));
      }
      assertThat(rig.balance(Rig.TO)).isEqualTo(U256.of(200).multiply(Rig.ETHER));
      assertThat(rig.chain().head().number()).isBetween(1L, 200L);
    }
  }

  @Test
  void refusesWhatItCannot() throws Exception {
    assertThatThrownBy(() -> new Instant.OnTransaction(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Instant.Every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    var genesis = Rig.genesis("\"chainId\":1024,\"mergeNetsplitBlock\":0", 8_000_000);
    try (Rig rig =
        Rig.of(
            genesis,
            new HeaderOnly(org.fondaco.chain.fork.ChainConfig.read(genesis.config())),
            new Instant.OnDemand())) {
      assertThatThrownBy(() -> rig.miner().sealNow())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a beacon chain proposes block 1, no miner");
    }
  }
}
