/** Open questions of money, with an age that survives reconciliations and restarts. */
@NullMarked
package org.fondaco.custody.breaks;

import org.jspecify.annotations.NullMarked;
