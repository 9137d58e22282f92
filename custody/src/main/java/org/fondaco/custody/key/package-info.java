/** Words, seeds and paths: BIP-39, BIP-32 and what a key is called. */
@NullMarked
package org.fondaco.custody.key;

import org.jspecify.annotations.NullMarked;
