/** Each fast structure beside a naive one, and what only the engine's own package can see. */
@NullMarked
package org.fondaco.engine.core;

import org.jspecify.annotations.NullMarked;
