/** The Merkle Patricia trie over a store of nodes, with proofs. */
@NullMarked
package org.fondaco.chain.trie;

import org.jspecify.annotations.NullMarked;
