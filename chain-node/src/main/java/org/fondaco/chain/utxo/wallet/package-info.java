/** A wallet to play with: keys from one seed, coins from the chain; custody never uses it. */
@NullMarked
package org.fondaco.chain.utxo.wallet;

import org.jspecify.annotations.NullMarked;
