/** Follows the canonical chains by hash, block by block, and can undo to a fork. */
@NullMarked
package org.fondaco.custody.scan;

import org.jspecify.annotations.NullMarked;
