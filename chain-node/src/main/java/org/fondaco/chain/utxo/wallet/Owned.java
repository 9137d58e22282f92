package org.fondaco.chain.utxo.wallet;

import org.fondaco.chain.utxo.descriptor.Expanded;

/**
 * A script of the wallet.
 *
 * @param line whose it is
 * @param index in its line
 */
record Owned(KeyLine line, int index, Expanded expanded) {}
