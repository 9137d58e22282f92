/** The whole story of a venue, told by customers who know nothing but its public interfaces. */
@NullMarked
package org.fondaco.api.story;

import org.jspecify.annotations.NullMarked;
