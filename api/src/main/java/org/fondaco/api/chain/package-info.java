/** The account chain's node that runs inside the venue. */
@NullMarked
package org.fondaco.api.chain;

import org.jspecify.annotations.NullMarked;
