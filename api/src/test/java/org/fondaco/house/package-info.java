/** Tests of the house itself: the arrows between modules, and the style of every source file. */
@NullMarked
package org.fondaco.house;

import org.jspecify.annotations.NullMarked;
