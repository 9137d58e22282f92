/** PostgreSQL, embedded or external, migrated and ready for jOOQ. */
@NullMarked
package org.fondaco.db;

import org.jspecify.annotations.NullMarked;
