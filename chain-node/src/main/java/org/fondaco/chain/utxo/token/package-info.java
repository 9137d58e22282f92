/**
 * CashTokens: the tokens that outputs of Bitcoin Cash carry, and what transactions may do to them.
 */
@NullMarked
package org.fondaco.chain.utxo.token;

import org.jspecify.annotations.NullMarked;
