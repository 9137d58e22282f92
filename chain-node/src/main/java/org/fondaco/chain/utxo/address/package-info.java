/** Addresses and private keys of the UTXO chains as people write them. */
@NullMarked
package org.fondaco.chain.utxo.address;

import org.jspecify.annotations.NullMarked;
