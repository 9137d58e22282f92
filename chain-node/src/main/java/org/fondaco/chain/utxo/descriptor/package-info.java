/** Output descriptors: keys with their derivation, and the scripts that they stand for. */
@NullMarked
package org.fondaco.chain.utxo.descriptor;

import org.jspecify.annotations.NullMarked;
