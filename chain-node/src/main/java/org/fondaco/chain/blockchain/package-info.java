/** Which blocks there are, which of them are the chain, and the state after each. */
@NullMarked
package org.fondaco.chain.blockchain;

import org.jspecify.annotations.NullMarked;
