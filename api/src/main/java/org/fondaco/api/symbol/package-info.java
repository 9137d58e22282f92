/** Symbols and assets by name, with the scales that turn text into ledger units and back. */
@NullMarked
package org.fondaco.api.symbol;

import org.jspecify.annotations.NullMarked;
