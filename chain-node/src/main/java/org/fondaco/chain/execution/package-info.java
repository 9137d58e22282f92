/** What a block does to the state, the same for blocks that are built and blocks that arrive. */
@NullMarked
package org.fondaco.chain.execution;

import org.jspecify.annotations.NullMarked;
