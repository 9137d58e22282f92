/** PostgreSQL for rows that measure a database or what stands on one. */
@NullMarked
package org.fondaco.bench.database;

import org.jspecify.annotations.NullMarked;
