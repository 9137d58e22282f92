package org.fondaco.chain.utxo.consensus;

import org.fondaco.chain.utxo.transaction.OutPoint;
import org.jspecify.annotations.Nullable;

/** Where unspent outputs are looked up. */
@FunctionalInterface
public interface UnspentOutputs {
  /** Null if there is none, or it is spent. */
  @Nullable UnspentOutput find(OutPoint outPoint);
}
