/** Recursive length prefix: the canonical encoding of the yellow paper's appendix B. */
@NullMarked
package org.fondaco.chain.rlp;

import org.jspecify.annotations.NullMarked;
