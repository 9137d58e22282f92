/** Tells subscribers of blocks and transactions, as Bitcoin Core does by ZeroMQ, by WebSocket. */
@NullMarked
package org.fondaco.chain.utxo.notify;

import org.jspecify.annotations.NullMarked;
