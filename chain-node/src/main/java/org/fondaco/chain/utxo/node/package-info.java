/** A node of a UTXO chain: its folder, its parts, its command line. */
@NullMarked
package org.fondaco.chain.utxo.node;

import org.jspecify.annotations.NullMarked;
