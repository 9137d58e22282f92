/** Transactions of the UTXO chains: their parts, bytes, identifiers and context-free rules. */
@NullMarked
package org.fondaco.chain.utxo.transaction;

import org.jspecify.annotations.NullMarked;
