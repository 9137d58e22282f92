/** Which fee tier an account has: from what it traded in 30 days, or set by hand. */
@NullMarked
package org.fondaco.api.fee;

import org.jspecify.annotations.NullMarked;
