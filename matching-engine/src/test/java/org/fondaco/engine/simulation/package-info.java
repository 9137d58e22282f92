/** Seeded commands for both engines, their comparison, and the shrinking of a difference. */
@NullMarked
package org.fondaco.engine.simulation;

import org.jspecify.annotations.NullMarked;
