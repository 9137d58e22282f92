/**
 * The matching workload: one abstract command stream, from which every contender's calls are made.
 */
@NullMarked
package org.fondaco.bench.workload;

import org.jspecify.annotations.NullMarked;
