/** The wallet endpoints under /sapi: what an account owns, and what its key may do. */
@NullMarked
package org.fondaco.api.wallet;

import org.jspecify.annotations.NullMarked;
