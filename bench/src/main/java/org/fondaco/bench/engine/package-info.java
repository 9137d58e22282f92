/** Our engine as a contender: commands encoded, events read back, final state compared. */
@NullMarked
package org.fondaco.bench.engine;

import org.jspecify.annotations.NullMarked;
