package org.fondaco.api.chain;

/**
 * The embedded nodes of the UTXO chains: their doors, all on 127.0.0.1, and how deep they bury
 * transactions.
 *
 * @param btcPort of Bitcoin's JSON-RPC, 0 = any free one
 * @param bchPort of Bitcoin Cash's
 * @param ltcPort of Litecoin's
 * @param depth blocks that are mined on top of one with transactions, one a second
 */
public record UtxoNodeSettings(int btcPort, int bchPort, int ltcPort, int depth) {}
