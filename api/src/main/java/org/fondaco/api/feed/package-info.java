/**
 * What the engine did, group by group, for everything that tells clients: one thread, off the
 * engine's.
 */
@NullMarked
package org.fondaco.api.feed;

import org.jspecify.annotations.NullMarked;
