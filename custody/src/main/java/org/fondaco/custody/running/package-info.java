/** Steps that are taken again and again, each by a thread of its own. */
@NullMarked
package org.fondaco.custody.running;

import org.jspecify.annotations.NullMarked;
