package org.fondaco.custody.sweep;

import java.time.Duration;

/**
 * When a sweep is worth its fee.
 *
 * @param sweepDepth confirmations that a deposit needs before its coins are moved
 * @param worth how many times its own fee an amount must be
 * @param inputsMax of one consolidation on a UTXO chain
 * @param pause between two looks at a chain, and after a plan that was impossible
 */
public record SweepRules(int sweepDepth, int worth, int inputsMax, Duration pause) {
  public SweepRules {
    if (sweepDepth < 1 || worth < 1 || inputsMax < 1) {
      throw new IllegalArgumentException("depth, worth and inputs are at least 1");
    }
  }
}
