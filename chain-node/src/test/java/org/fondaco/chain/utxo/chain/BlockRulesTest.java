package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

/** What a block has to keep, each rule broken once. */
class BlockRulesTest {
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
  void everyWrongFieldHasItsWord() {
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    Block mature = grow(chain, blocks, 101).getFirst();
    Transaction spend = Blocks.spend(List.of(coinbase(mature)), 4_999_999_000L);
    Block good = blocks.next(chain.tip(), List.of(spend), 1000);
    BlockHeader h = good.header();
    List<Transaction> txs = good.transactions();
    Transaction first = txs.getFirst();
    refused(chain, new Block(blocks.unworked(h), txs), "high-hash");
    refused(
        chain, header(blocks, h, 4, h.merkleRoot(), h.time(), 0x207ffffeL, txs), "bad-diffbits");
    refused(
        chain,
        header(blocks, h, 3, h.merkleRoot(), h.time(), h.bits(), txs),
        "bad-version(0x00000003)");
    refused(chain, header(blocks, h, 4, Hash.ZERO, h.time(), h.bits(), txs), "bad-txnmrklroot");
    refused(
        chain, header(blocks, h, 4, h.merkleRoot(), 2_000_007_201L, h.bits(), txs), "time-too-new");
    refused(
        chain,
        header(blocks, h, 4, h.merkleRoot(), chain.tip().medianTimePast(), h.bits(), txs),
        "time-too-old");
    refused(chain, blocks.with(good, List.of()), "bad-blk-length");
    refused(chain, blocks.with(good, List.of(spend)), "bad-cb-missing");
    refused(chain, blocks.with(good, List.of(first, first)), "bad-txns-duplicate");
    Transaction other = blocks.next(chain.tip()).transactions().getFirst();
    refused(chain, blocks.with(good, List.of(first, other)), "bad-cb-multiple");
    refused(
        chain, blocks.with(good, List.of(coinbase(first, 5_000_000_001L + 1000))), "bad-cb-amount");
    Transaction wrongHeight =
        blocks.next(Objects.requireNonNull(chain.at(50))).transactions().getFirst();
    refused(chain, blocks.with(good, List.of(wrongHeight)), "bad-cb-height");
    assertThat(chain.accept(good)).isEqualTo(new Acceptance.Connected());
  }

  @Test
  void everyWrongTransactionHasItsWord() {
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    Blocks blocks = new Blocks(BITCOIN);
    Block mature = grow(chain, blocks, 101).getFirst();
    Transaction spend = Blocks.spend(List.of(coinbase(mature)), 4_999_999_000L);
    Block good = blocks.next(chain.tip(), List.of(spend), 1000);
    refused(
        chain,
        spending(blocks, good, Blocks.spend(List.of(coinbase(mature)), 5_000_000_001L)),
        "bad-txns-in-belowout");
    refused(
        chain,
        spending(blocks, good, Blocks.spend(List.of(coinbase(mature)), -1)),
        "bad-txns-vout-negative");
    refused(
        chain,
        spending(blocks, good, Blocks.spend(List.of(coinbase(mature), coinbase(mature)), 1)),
        "bad-txns-inputs-duplicate");
    refused(
        chain,
        spending(blocks, good, Blocks.spend(List.of(new OutPoint(Hash.ZERO, 7)), 1)),
        "bad-txns-inputs-missingorspent");
    Transaction late =
        new Transaction(
            2, List.of(new Input(coinbase(mature), new byte[0], 0)), spend.outputs(), 5000);
    refused(chain, spending(blocks, good, late), "bad-txns-nonfinal");
    Transaction waits =
        new Transaction(
            2, List.of(new Input(coinbase(mature), new byte[0], 200)), spend.outputs(), 0);
    refused(chain, spending(blocks, good, waits), "bad-txns-nonfinal");
    Transaction scripted =
        new Transaction(
            2, List.of(new Input(coinbase(mature), new byte[] {0x6a}, 0)), spend.outputs(), 0);
    refused(
        chain,
        spending(blocks, good, scripted),
        "block-script-verify-flag-failed (OP_RETURN was encountered)");
    assertThat(chain.accept(good)).isEqualTo(new Acceptance.Connected());
  }

  private static void refused(UtxoChain chain, Block block, String reason) {
    BlockEntry tip = chain.tip();
    assertThat(chain.accept(block)).isEqualTo(new Acceptance.Invalid(reason));
    assertThat(chain.tip()).isSameAs(tip);
  }

  private static Block header(
      Blocks blocks,
      BlockHeader old,
      int version,
      Hash root,
      long time,
      long bits,
      List<Transaction> transactions) {
    return blocks.mined(
        new BlockHeader(version, old.previous(), root, time, bits, 0), transactions);
  }

  private static Block spending(Blocks blocks, Block good, Transaction transaction) {
    return blocks.with(good, List.of(good.transactions().getFirst(), transaction));
  }

  private static Transaction coinbase(Transaction old, long value) {
    return new Transaction(
        old.version(), old.inputs(), List.of(new Output(value, Blocks.ANYONE)), 0);
  }

  @Test
  void aChangedBodyDoesNotSpoilTheGoodBlock() {
    UtxoChain chain = open(new MemoryStore(), BITCOIN);
    Block good = new Blocks(BITCOIN).next(chain.tip());
    Transaction first = good.transactions().getFirst();
    Input withWitness = first.inputs().getFirst().withWitness(List.of(new byte[1]));
    Transaction changed = new Transaction(1, List.of(withWitness), first.outputs(), 0);
    refused(chain, new Block(good.header(), List.of(changed)), "unexpected-witness");
    refused(chain, new Block(good.header(), List.of(first, first)), "bad-txnmrklroot");
    assertThat(chain.accept(good)).isEqualTo(new Acceptance.Connected());
  }

  @Test
  void cashOrdersByIdAndSpendsWhatComesLater() {
    UtxoChain chain = open(new MemoryStore(), CASH);
    Blocks blocks = new Blocks(CASH);
    Block mature = grow(chain, blocks, 101).getFirst();
    List<Transaction> both = new ArrayList<>();
    boolean childFirst = false;
    for (long fee = 1; !childFirst; fee++) {
      Transaction parent = Blocks.spend(List.of(coinbase(mature)), 4_999_000_000L - fee, 1_000_000);
      Transaction child =
          Blocks.spend(List.of(new OutPoint(parent.txid(), 0)), 4_998_000_000L - fee, 1_000_000);
      both = List.of(parent, child);
      Block block = blocks.next(chain.tip(), both, fee);
      childFirst = block.transactions().get(1).equals(child);
      if (childFirst) {
        Block swapped = blocks.with(block, List.of(block.transactions().get(0), parent, child));
        refused(chain, swapped, "tx-ordering");
        Hash before = chain.statistics().hash();
        assertThat(chain.accept(block)).isEqualTo(new Acceptance.Connected());
        chain.invalidate(chain.tip());
        assertThat(chain.statistics().hash()).isEqualTo(before);
      }
    }
    assertThat(both).hasSize(2);
  }
}
