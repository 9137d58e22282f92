package org.fondaco.chain.utxo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.block.WitnessCommitment;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.consensus.BlockRules;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.NonceSearch;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;

/** Mines blocks for tests; every output may be spent by anyone. */
public final class Blocks {
  /** OP_TRUE: to spend it takes an empty script. */
  public static final byte[] ANYONE = {0x51};

  /** BIP-9's first, which Litecoin Core asks for. */
  public static final int VERSION = 0x20000000;

  private final Consensus consensus;
  private int extra;

  public Blocks(Consensus consensus) {
    this.consensus = consensus;
  }

  /** The next block on a parent, ten minutes later, with its subsidy and these fees. */
  public Block next(BlockEntry parent, List<Transaction> transactions, long fees) {
    int height = parent.height() + 1;
    List<Transaction> others = new ArrayList<>(transactions);
    if (consensus.isCash()) {
      others.sort(Comparator.comparing(Transaction::txid, (a, b) -> BlockRules.compareIds(a, b)));
    }
    List<Transaction> all = new ArrayList<>();
    all.add(coinbase(height, consensus.subsidy(height) + fees, others));
    all.addAll(others);
    return mined(
        new BlockHeader(
            VERSION,
            parent.hash(),
            MerkleRoot.ofTransactions(all).root(),
            parent.header().time() + 600,
            Integer.toUnsignedLong(consensus.retarget().next(parent, parent.header().time() + 600)),
            0),
        all);
  }

  public Block next(BlockEntry parent) {
    return next(parent, List.of(), 0);
  }

  private Transaction coinbase(int height, long value, List<Transaction> others) {
    byte[] scriptSig =
        new WireWriter().bytes(BlockRules.heightPush(height)).uint8(4).int32(++extra).toBytes();
    Input input = new Input(OutPoint.NULL, scriptSig, Input.SEQUENCE_FINAL);
    List<Output> outputs = new ArrayList<>(List.of(new Output(value, ANYONE)));
    if (others.stream().anyMatch(Transaction::hasWitness)) {
      byte[] reserved = new byte[32];
      List<Transaction> all = new ArrayList<>();
      all.add(new Transaction(1, List.of(input), outputs, 0));
      all.addAll(others);
      outputs.add(
          new Output(0, WitnessCommitment.script(WitnessCommitment.expected(all, reserved))));
      input = input.withWitness(List.of(reserved));
    }
    return new Transaction(1, List.of(input), outputs, 0);
  }

  /** The block with a nonce that its bits ask for. */
  public Block mined(BlockHeader header, List<Transaction> transactions) {
    byte[] bytes = header.encode();
    long nonce =
        new NonceSearch(consensus.work(), new LongAdder())
            .find(bytes, CompactTarget.decode((int) header.bits()), 0, 1, () -> false)
            .orElseThrow();
    return new Block(header.withNonce(nonce), transactions);
  }

  /** The block with other transactions under the header that fits them. */
  public Block with(Block block, List<Transaction> transactions) {
    BlockHeader old = block.header();
    return mined(
        new BlockHeader(
            old.version(),
            old.previous(),
            MerkleRoot.ofTransactions(transactions).root(),
            old.time(),
            old.bits(),
            0),
        transactions);
  }

  /** A header that says enough work but has not done it. */
  public BlockHeader unworked(BlockHeader header) {
    for (long nonce = 0; ; nonce++) {
      BlockHeader tried = header.withNonce(nonce);
      byte[] hash = consensus.work().hash(tried.encode());
      if (!CompactTarget.isMet(hash, CompactTarget.decode((int) header.bits()))) {
        return tried;
      }
    }
  }

  /** Spends outputs that anyone may spend. */
  public static Transaction spend(List<OutPoint> inputs, long... values) {
    List<Output> outputs = new ArrayList<>();
    for (long value : values) {
      outputs.add(new Output(value, ANYONE));
    }
    return new Transaction(
        2,
        inputs.stream().map(each -> new Input(each, new byte[0], Input.SEQUENCE_FINAL)).toList(),
        outputs,
        0);
  }
}
