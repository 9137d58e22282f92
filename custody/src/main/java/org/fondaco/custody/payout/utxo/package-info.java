/** Transactions of the UTXO chains: sizes, selection, signature hashes, signatures. */
@NullMarked
package org.fondaco.custody.payout.utxo;

import org.jspecify.annotations.NullMarked;
