/** Public trades folded into aggregates, klines and tickers, in memory. */
@NullMarked
package org.fondaco.api.tape;

import org.jspecify.annotations.NullMarked;
