/** Runs the real PostgreSQL server that comes with Fondaco as a child process. */
@NullMarked
package org.fondaco.db.postgres;

import org.jspecify.annotations.NullMarked;
