/** The one process that may write custody's tables, and its transactions. */
@NullMarked
package org.fondaco.custody.leader;

import org.jspecify.annotations.NullMarked;
