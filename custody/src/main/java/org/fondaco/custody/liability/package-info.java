/** Proof of what is owed: a Merkle sum tree that each customer checks, and reserves that sign. */
@NullMarked
package org.fondaco.custody.liability;

import org.jspecify.annotations.NullMarked;
