package org.fondaco.api.torture;

/** A process, with its children, that is killed. */
enum Victim {
  /** The stand-alone node of Litecoin. */
  LITECOIN_NODE,
  /** The stand-alone node of the account chain. */
  ETHER_NODE,
  /** The venue's embedded PostgreSQL. */
  DATABASE,
  /** The venue, and with it the embedded nodes of Bitcoin and Bitcoin Cash. */
  EXCHANGE
}
