package org.fondaco.chain.utxo.transaction;

import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;

/**
 * Names an output of a transaction.
 *
 * @param index unsigned, 32 bits
 */
public record OutPoint(Hash txid, long index) {
  /** What a coinbase spends. */
  public static final OutPoint NULL = new OutPoint(Hash.ZERO, 0xffff_ffffL);

  public boolean isNull() {
    return equals(NULL);
  }

  @Override
  public String toString() {
    return Reversed.text(txid) + ":" + index;
  }
}
