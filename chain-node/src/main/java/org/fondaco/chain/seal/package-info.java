/** What entitles a header to its place: proof of work, this node's own word, or nothing. */
@NullMarked
package org.fondaco.chain.seal;

import org.jspecify.annotations.NullMarked;
