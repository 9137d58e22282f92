package org.fondaco.chain.utxo.consensus;

import org.fondaco.chain.utxo.transaction.Output;

/**
 * An output that nothing has spent: what Bitcoin Core calls a coin.
 *
 * @param height of its block
 * @param coinbase whether a coinbase made it, so that it has to mature
 */
public record UnspentOutput(Output output, int height, boolean coinbase) {}
