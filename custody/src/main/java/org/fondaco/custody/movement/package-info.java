/** Moves the house's coins between hot, warm and cold when two people agree. */
@NullMarked
package org.fondaco.custody.movement;

import org.jspecify.annotations.NullMarked;
