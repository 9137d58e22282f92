/** The file that remembers every signature's purpose, so that no anchor pays two payee sets. */
@NullMarked
package org.fondaco.custody.guard;

import org.jspecify.annotations.NullMarked;
