/** Our engine beside exchange-core's order books. */
@NullMarked
package org.fondaco.engine.exchangecore;

import org.jspecify.annotations.NullMarked;
