/** {@code eth_*}: what is asked of chain, state, pool and machine. */
@NullMarked
package org.fondaco.chain.rpc.eth;

import org.jspecify.annotations.NullMarked;
