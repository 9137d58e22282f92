/** The first block from a genesis.json of geth's shape. */
@NullMarked
package org.fondaco.chain.genesis;

import org.jspecify.annotations.NullMarked;
