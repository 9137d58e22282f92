/** The projector beside COPY by psql, into the same PostgreSQL. */
@NullMarked
package org.fondaco.bench.history;

import org.jspecify.annotations.NullMarked;
