package org.fondaco.chain.utxo.consensus;

import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.block.WitnessCommitment;
import org.fondaco.chain.utxo.cash.CashTransactionRules;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.HeaderBranch;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What a block has to keep before any unspent output is looked at. Every answer is null if nothing
 * is wrong, else Bitcoin Core's word for it. Safe for any thread.
 */
public final class BlockRules {
  /** A header may be this far ahead of the clock. */
  private static final long FUTURE_SECONDS_MAX = 2 * 3600;

  private static final int RESERVED_BYTES = 32;

  /** BIP-9's first version, and the least that Litecoin Core takes where witnesses are. */
  private static final int VERSION_BITS = 0x20000000;

  private final Consensus consensus;
  private final TransactionRules transactions;

  public BlockRules(Consensus consensus) {
    this.consensus = consensus;
    transactions = new TransactionRules(consensus.moneyMax());
  }

  /** Whether the work was done that the header says. */
  public @Nullable String checkWork(BlockHeader header) {
    int bits = (int) header.bits();
    return CompactTarget.isValid(bits, consensus.retarget().limit())
            && CompactTarget.isMet(
                consensus.work().hash(header.encode()), CompactTarget.decode(bits))
        ? null
        : "high-hash";
  }

  /**
   * Core's ContextualCheckBlockHeader.
   *
   * @param branch up to the header's parent
   * @param nowSeconds this node's clock, in seconds since 1970
   */
  public @Nullable String checkHeader(BlockHeader header, HeaderBranch branch, long nowSeconds) {
    int height = branch.tip() + 1;
    if ((int) header.bits() != consensus.retarget().next(branch, header.time())) {
      return "bad-diffbits";
    }
    if (header.time() <= branch.medianTimePast(branch.tip())) {
      return "time-too-old";
    }
    if (header.time() > nowSeconds + FUTURE_SECONDS_MAX) {
      return "time-too-new";
    }
    Consensus.Forks forks = consensus.forks();
    if (header.version() < 2 && height >= forks.bip34()
        || header.version() < 3 && height >= forks.bip66()
        || header.version() < 4 && height >= forks.bip65()
        || header.version() < VERSION_BITS
            && height >= forks.segwit()
            && consensus.coin() == Consensus.Coin.LTC) {
      return String.format("bad-version(0x%08x)", header.version());
    }
    return null;
  }

  /** Core's CheckBlock without the work: what needs no chain. */
  public @Nullable String check(Block block) {
    MerkleRoot root = MerkleRoot.ofTransactions(block.transactions());
    if (!root.root().equals(block.header().merkleRoot())) {
      return "bad-txnmrklroot";
    }
    if (root.mutated()) {
      return "bad-txns-duplicate";
    }
    List<Transaction> all = block.transactions();
    int weightMax = consensus.limits().weightMax();
    if (all.isEmpty()
        || (long) all.size() * Transaction.WITNESS_SCALE > weightMax
        || (long) block.strippedSize() * Transaction.WITNESS_SCALE > weightMax) {
      return "bad-blk-length";
    }
    if (!all.getFirst().isCoinbase()) {
      return "bad-cb-missing";
    }
    for (Transaction transaction : all.subList(1, all.size())) {
      if (transaction.isCoinbase()) {
        return "bad-cb-multiple";
      }
    }
    return checkTransactions(all);
  }

  private @Nullable String checkTransactions(List<Transaction> all) {
    long operations = 0;
    for (Transaction transaction : all) {
      String reason = transactions.check(transaction);
      if (reason == null && consensus.isCash()) {
        reason = CashTransactionRules.checkAlone(transaction);
      }
      if (reason != null) {
        return reason;
      }
      operations += OperationCost.legacy(transaction);
    }
    // Bitcoin Cash counts the checks that are made instead, since 2020.
    return !consensus.isCash()
            && operations * Transaction.WITNESS_SCALE > consensus.limits().operationsMax()
        ? "bad-blk-sigops"
        : null;
  }

  /**
   * Core's ContextualCheckBlock.
   *
   * @param branch up to the block's parent
   */
  public @Nullable String checkInContext(Block block, HeaderBranch branch) {
    int height = branch.tip() + 1;
    Consensus.Forks forks = consensus.forks();
    long time = height >= forks.csv() ? branch.medianTimePast(branch.tip()) : block.header().time();
    for (Transaction transaction : block.transactions()) {
      if (!LockTimes.isFinal(transaction, height, time)) {
        return "bad-txns-nonfinal";
      }
    }
    if (height >= forks.bip34() && !beginsWithHeight(block.transactions().getFirst(), height)) {
      return "bad-cb-height";
    }
    if (height >= forks.cash() && !isInCanonicalOrder(block.transactions())) {
      return "tx-ordering";
    }
    String reason = checkWitness(block, height >= forks.segwit());
    if (reason != null) {
      return reason;
    }
    return block.weight() > consensus.limits().weightMax() ? "bad-blk-weight" : null;
  }

  private static boolean beginsWithHeight(Transaction coinbase, int height) {
    byte[] script = coinbase.inputs().getFirst().scriptSig();
    byte[] expected = heightPush(height);
    if (script.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (script[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** BIP-34: how a coinbase begins, with the shortest push of the height. */
  public static byte[] heightPush(int height) {
    if (height == 0) {
      return new byte[] {0};
    }
    if (height <= 16) {
      return new byte[] {(byte) (0x50 + height)};
    }
    WireWriter number = new WireWriter(5);
    int rest = height;
    while (rest > 0x7f) {
      number.uint8(rest);
      rest >>>= 8;
    }
    byte[] bytes = number.uint8(rest).toBytes();
    // A highest bit that is set would be the sign.
    return new WireWriter(6).uint8(bytes.length).bytes(bytes).toBytes();
  }

  /** BIP-141. */
  private static @Nullable String checkWitness(Block block, boolean segwit) {
    Transaction coinbase = block.transactions().getFirst();
    Hash commitment = segwit ? WitnessCommitment.of(coinbase) : null;
    if (commitment == null) {
      return block.transactions().stream().anyMatch(Transaction::hasWitness)
          ? "unexpected-witness"
          : null;
    }
    Input input = coinbase.inputs().getFirst();
    if (input.witness().size() != 1 || input.witness().getFirst().length != RESERVED_BYTES) {
      return "bad-witness-nonce-size";
    }
    return WitnessCommitment.expected(block.transactions(), input.witness().getFirst())
            .equals(commitment)
        ? null
        : "bad-witness-merkle-match";
  }

  /** Bitcoin Cash since November 2018: by txid, as numbers, behind the coinbase. */
  private static boolean isInCanonicalOrder(List<Transaction> all) {
    for (int i = 2; i < all.size(); i++) {
      if (compareIds(all.get(i - 1).txid(), all.get(i).txid()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The order of txids as little-endian numbers. */
  public static int compareIds(Hash first, Hash second) {
    return java.util.Arrays.compareUnsigned(
        Reversed.reversed(first.toBytes()), Reversed.reversed(second.toBytes()));
  }
}
