/** The encrypted file of the seed, and the folder that it and the guard file live in. */
@NullMarked
package org.fondaco.custody.vault;

import org.jspecify.annotations.NullMarked;
