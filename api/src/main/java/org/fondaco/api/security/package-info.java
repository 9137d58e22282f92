/** API keys: sealed at rest, cached in memory, and the proof that a request was signed by one. */
@NullMarked
package org.fondaco.api.security;

import org.jspecify.annotations.NullMarked;
