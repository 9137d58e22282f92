/** Block headers and their hashes. */
@NullMarked
package org.fondaco.chain.block;

import org.jspecify.annotations.NullMarked;
