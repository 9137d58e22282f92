package org.fondaco.chain.utxo.mempool;

import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;

/**
 * A transaction in the pool.
 *
 * @param fee in satoshi
 * @param virtualSize in virtual bytes, or more if its signature operations weigh more (20 bytes
 *     each)
 * @param operationsCost of its signature operations (BIP-141)
 * @param timeSeconds when it came, since 1970
 * @param height of the chain when it came
 */
public record MempoolEntry(
    Transaction transaction,
    long fee,
    int virtualSize,
    long operationsCost,
    long timeSeconds,
    int height) {
  private static final int BYTES_PER_OPERATION = 20;

  public Hash txid() {
    return transaction.txid();
  }

  /** The virtual size that fees are counted by. */
  static int virtualSize(Transaction transaction, long operationsCost) {
    long weight = Math.max(transaction.weight(), operationsCost * BYTES_PER_OPERATION);
    return Math.toIntExact((weight + Transaction.WITNESS_SCALE - 1) / Transaction.WITNESS_SCALE);
  }

  /** Whether an input says that the transaction may be replaced (BIP-125). */
  public boolean signalsReplacement() {
    return transaction.inputs().stream().anyMatch(input -> input.sequence() < 0xffff_fffeL);
  }
}
