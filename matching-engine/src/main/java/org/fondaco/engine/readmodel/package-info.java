/** What readers see: orders, balances, books and trades, updated before the caller is answered. */
@NullMarked
package org.fondaco.engine.readmodel;

import org.jspecify.annotations.NullMarked;
