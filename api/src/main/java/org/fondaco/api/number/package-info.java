/** Decimal text to and from ledger units, without floating point. */
@NullMarked
package org.fondaco.api.number;

import org.jspecify.annotations.NullMarked;
