/** What Bitcoin Cash asks of a whole transaction: its consensus and its nodes' policy. */
@NullMarked
package org.fondaco.chain.utxo.cash;

import org.jspecify.annotations.NullMarked;
