/** The networks of the UTXO chains: how their addresses, messages and ports look. */
@NullMarked
package org.fondaco.chain.utxo.profile;

import org.jspecify.annotations.NullMarked;
