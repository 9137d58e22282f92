/** Builds the next block of a UTXO chain and works on it. */
@NullMarked
package org.fondaco.chain.utxo.mining;

import org.jspecify.annotations.NullMarked;
