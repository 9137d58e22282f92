/** The story of a venue, played. */
@NullMarked
package org.fondaco.api.story;

import org.jspecify.annotations.NullMarked;
