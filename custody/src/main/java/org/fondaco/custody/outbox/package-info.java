/** Commands for the engine, written with the step that causes them and delivered exactly once. */
@NullMarked
package org.fondaco.custody.outbox;

import org.jspecify.annotations.NullMarked;
