/** Benchmarks beside their peers, run by {@code ./fondaco bench}. */
@NullMarked
package org.fondaco.bench;

import org.jspecify.annotations.NullMarked;
