package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How a chain's payouts behave.
 *
 * @param sweepDepth confirmations that an output needs before it is spent
 * @param finalDepth confirmations after which an outcome is final
 * @param feeRateMax atoms a kilo virtual byte, or wei a gas, that are never exceeded
 * @param targetBlocks within which a payment should be mined
 * @param bumpAfter without being mined an attempt is followed by a dearer one
 * @param resendAfter an attempt that the node has lost is handed over again
 * @param retryAfter a plan that was impossible is tried again
 * @param batchMax withdrawals in one transaction of a UTXO chain
 */
public record PayoutRules(
    int sweepDepth,
    int finalDepth,
    BigInteger feeRateMax,
    int targetBlocks,
    Duration bumpAfter,
    Duration resendAfter,
    Duration retryAfter,
    int batchMax) {
  public PayoutRules {
    if (sweepDepth < 1 || finalDepth < 1 || feeRateMax.signum() <= 0 || batchMax < 1) {
      throw new IllegalArgumentException("depths, cap and batch are at least 1");
    }
  }
}
