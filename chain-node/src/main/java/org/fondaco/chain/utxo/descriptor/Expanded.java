package org.fondaco.chain.utxo.descriptor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script that a descriptor stands for at an index, with what is needed to spend it.
 *
 * @param script of the output
 * @param redeemScript of a script hash
 * @param witnessScript of a witness program of version 0 that is a script's hash
 * @param keys in the descriptor's order
 * @param internalKey of taproot without scripts, 33 bytes
 */
public record Expanded(
    byte[] script,
    byte @Nullable [] redeemScript,
    byte @Nullable [] witnessScript,
    List<DerivedKey> keys,
    byte @Nullable [] internalKey) {
  public Expanded {
    keys = List.copyOf(keys);
  }
}
