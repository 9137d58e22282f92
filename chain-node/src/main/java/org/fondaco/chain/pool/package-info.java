/** Transactions that wait for a block. */
@NullMarked
package org.fondaco.chain.pool;

import org.jspecify.annotations.NullMarked;
