/** Compact filters of blocks (BIP-158), by which light clients find theirs. */
@NullMarked
package org.fondaco.chain.utxo.filter;

import org.jspecify.annotations.NullMarked;
