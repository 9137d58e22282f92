/** The deterministic core of the venue and its pipeline. */
@NullMarked
package org.fondaco.engine;

import org.jspecify.annotations.NullMarked;
