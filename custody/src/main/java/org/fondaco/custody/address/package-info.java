/** Addresses as people write them, and as keys give them. */
@NullMarked
package org.fondaco.custody.address;

import org.jspecify.annotations.NullMarked;
