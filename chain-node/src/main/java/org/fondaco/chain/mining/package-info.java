/** Builds blocks and seals them. */
@NullMarked
package org.fondaco.chain.mining;

import org.jspecify.annotations.NullMarked;
