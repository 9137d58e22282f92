/** Transactions of account chains: legacy with EIP-155, and EIP-1559's type 2. */
@NullMarked
package org.fondaco.custody.payout.evm;

import org.jspecify.annotations.NullMarked;
