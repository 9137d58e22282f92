package org.fondaco.api.demo;

/**
 * A node with a wallet, or with an unlocked account, that plays the world outside a demo venue.
 *
 * @param chain BTC, BCH, LTC or ETH
 * @param url of its JSON-RPC
 * @param cookie file with {@code user:password}, empty for none
 * @param dollar contract of USDT, 0x and 40 digits; empty where there is none
 */
public record DemoNode(String chain, String url, String cookie, String dollar) {}
