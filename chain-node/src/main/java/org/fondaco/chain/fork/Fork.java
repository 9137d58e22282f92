package org.fondaco.chain.fork;

/** The forks of the main network that changed the machine, in their order. */
public enum Fork {
  FRONTIER,
  HOMESTEAD,
  /** EIP-150. */
  TANGERINE_WHISTLE,
  /** EIP-155, 158, 160 and 170. */
  SPURIOUS_DRAGON,
  BYZANTIUM,
  CONSTANTINOPLE,
  /** Constantinople without EIP-1283. */
  PETERSBURG,
  ISTANBUL,
  BERLIN,
  LONDON,
  /** The merge: proof of stake. */
  PARIS,
  SHANGHAI,
  CANCUN;

  public boolean atLeast(Fork other) {
    return compareTo(other) >= 0;
  }
}
