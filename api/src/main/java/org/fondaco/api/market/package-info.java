/** What anybody may ask of the market: symbols, books, trades, prices. */
@NullMarked
package org.fondaco.api.market;

import org.jspecify.annotations.NullMarked;
