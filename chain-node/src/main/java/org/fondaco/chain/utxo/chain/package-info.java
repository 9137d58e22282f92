/** The blocks of a UTXO chain, which of them count, and what is unspent after them. */
@NullMarked
package org.fondaco.chain.utxo.chain;

import org.jspecify.annotations.NullMarked;
