/** What a block has to keep, as functions of the block and what came before it. */
@NullMarked
package org.fondaco.chain.utxo.consensus;

import org.jspecify.annotations.NullMarked;
