/** The words of the engine: commands, events, their parts and their wire form. */
@NullMarked
package org.fondaco.engine.protocol;

import org.jspecify.annotations.NullMarked;
