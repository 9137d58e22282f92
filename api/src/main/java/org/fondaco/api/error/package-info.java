/** What a refused request is answered: Binance's code, message and HTTP status. */
@NullMarked
package org.fondaco.api.error;

import org.jspecify.annotations.NullMarked;
