/** What a transaction does to the state: section 6 of the yellow paper and what EIPs made of it. */
@NullMarked
package org.fondaco.chain.transition;

import org.jspecify.annotations.NullMarked;
