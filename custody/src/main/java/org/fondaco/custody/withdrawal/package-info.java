/** Withdrawals from the customer's request to the ledger's last word. */
@NullMarked
package org.fondaco.custody.withdrawal;

import org.jspecify.annotations.NullMarked;
