/** How the UTXO chains write integers, counts, bytes and hashes. */
@NullMarked
package org.fondaco.chain.utxo.wire;

import org.jspecify.annotations.NullMarked;
