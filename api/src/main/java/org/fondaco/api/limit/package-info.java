/** Counts what clients ask for, in memory, and says when it is too much. */
@NullMarked
package org.fondaco.api.limit;

import org.jspecify.annotations.NullMarked;
