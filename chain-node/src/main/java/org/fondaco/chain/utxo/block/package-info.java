/** Blocks of the UTXO chains: headers, merkle roots and the witness commitment. */
@NullMarked
package org.fondaco.chain.utxo.block;

import org.jspecify.annotations.NullMarked;
