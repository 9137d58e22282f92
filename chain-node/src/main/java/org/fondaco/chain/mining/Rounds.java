package org.fondaco.chain.mining;

/** How an engine's blocks come about, one after another. */
interface Rounds {
  /**
   * Works on one block, or waits for a reason to. Returns when a block is sealed, the work has
   * become the wrong one, or the miner was switched.
   */
  void round() throws InterruptedException;
}
