package org.fondaco.chain.utxo.wallet;

import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;

/** An output that is the wallet's. */
record Coin(OutPoint outPoint, Output output, Entry entry, Owned owned) {
  long value() {
    return output.value();
  }
}
