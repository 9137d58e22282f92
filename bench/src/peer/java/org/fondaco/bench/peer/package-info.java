/** The process that runs the whole of exchange-core; compiled for an older Java than the rest. */
@NullMarked
package org.fondaco.bench.peer;

import org.jspecify.annotations.NullMarked;
