/**
 * A whole node: opens its folder, joins chain, pool, miner, accounts and JSON-RPC, and closes them.
 */
@NullMarked
package org.fondaco.chain.node;

import org.jspecify.annotations.NullMarked;
