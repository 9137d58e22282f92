/** Questions about the past: memory first, the database when older rows are needed. */
@NullMarked
package org.fondaco.api.past;

import org.jspecify.annotations.NullMarked;
