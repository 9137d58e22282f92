package org.fondaco.api.chain;

/**
 * The embedded node's doors, both on 127.0.0.1.
 *
 * @param httpPort of JSON-RPC, 0 = any free one
 * @param webSocketPort of JSON-RPC, 0 = any free one
 */
public record ChainNodeSettings(int httpPort, int webSocketPort) {}
