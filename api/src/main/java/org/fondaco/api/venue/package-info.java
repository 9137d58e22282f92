/** Control of the venue itself: assets, symbols, fees, filters, accounts, the kill switch. */
@NullMarked
package org.fondaco.api.venue;

import org.jspecify.annotations.NullMarked;
