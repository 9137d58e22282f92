/** Signs inputs with the keys at hand, as Bitcoin Core does. */
@NullMarked
package org.fondaco.chain.utxo.signing;

import org.jspecify.annotations.NullMarked;
