/** Runs while db is built: writes the jOOQ tables; never shipped. */
@NullMarked
package org.fondaco.db.codegen;

import org.jspecify.annotations.NullMarked;
