/** Contenders and load for the rows of the chain node. */
@NullMarked
package org.fondaco.bench.chain;

import org.jspecify.annotations.NullMarked;
