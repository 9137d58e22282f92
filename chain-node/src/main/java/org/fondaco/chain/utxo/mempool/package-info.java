/** Transactions that wait for a block, and which of them to put into the next. */
@NullMarked
package org.fondaco.chain.utxo.mempool;

import org.jspecify.annotations.NullMarked;
