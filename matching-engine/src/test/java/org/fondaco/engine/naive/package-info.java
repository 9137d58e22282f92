/** The engine a second time, written from ENGINE.md to be obviously right rather than fast. */
@NullMarked
package org.fondaco.engine.naive;

import org.jspecify.annotations.NullMarked;
