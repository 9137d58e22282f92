/** JSON-RPC in Bitcoin Core's words: names, shapes, amounts, help and error codes of version 30. */
@NullMarked
package org.fondaco.chain.utxo.rpc;

import org.jspecify.annotations.NullMarked;
