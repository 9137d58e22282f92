/** Transactions of every type: encoding, signatures, and what a fork asks of them. */
@NullMarked
package org.fondaco.chain.transaction;

import org.jspecify.annotations.NullMarked;
