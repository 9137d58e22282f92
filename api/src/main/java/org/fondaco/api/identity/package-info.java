/** The people of the venue: who they are, how they prove it, and what each may do. */
@NullMarked
package org.fondaco.api.identity;

import org.jspecify.annotations.NullMarked;
