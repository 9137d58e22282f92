package org.fondaco.custody.chain;

/** The chains that custody serves. An address family has the same name. */
public enum ChainName {
  BTC,
  BCH,
  LTC,
  ETH;

  /** True for chains of outputs, false for chains of accounts. */
  public boolean hasOutputs() {
    return this != ETH;
  }
}
