package org.fondaco.api.chain;

/**
 * The embedded nodes. The account chain's: its doors, both on 127.0.0.1, and how deep it buries
 * transactions; then those of the UTXO chains.
 *
 * @param httpPort of JSON-RPC, 0 = any free one
 * @param webSocketPort of JSON-RPC, 0 = any free one
 * @param depth blocks that are sealed on top of one with transactions, one a second
 */
public record ChainNodeSettings(
    int httpPort, int webSocketPort, int depth, UtxoNodeSettings utxo) {}
