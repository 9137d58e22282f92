/** Writes what the engine did into PostgreSQL, and answers questions about the past. */
@NullMarked
package org.fondaco.api.projection;

import org.jspecify.annotations.NullMarked;
