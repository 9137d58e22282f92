/** Proof of work of the UTXO chains: hash functions, targets, and what the next target is. */
@NullMarked
package org.fondaco.chain.utxo.pow;

import org.jspecify.annotations.NullMarked;
