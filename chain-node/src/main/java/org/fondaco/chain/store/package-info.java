/** Keys and values, on disk or in memory, written in batches that happen wholly or not at all. */
@NullMarked
package org.fondaco.chain.store;

import org.jspecify.annotations.NullMarked;
