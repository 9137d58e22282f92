package org.fondaco.chain.utxo.mempool;

import java.math.BigDecimal;

/**
 * A fee by size.
 *
 * @param perKilobyte in satoshi for 1,000 virtual bytes
 */
public record FeeRate(long perKilobyte) {
  private static final int KILOBYTE = 1_000;

  /** What a size costs, in satoshi, rounded up. */
  public long fee(long virtualSize) {
    return Math.ceilDiv(Math.multiplyExact(perKilobyte, virtualSize), KILOBYTE);
  }

  /** The rate that a fee pays, rounded down. */
  public static FeeRate of(long fee, long virtualSize) {
    return new FeeRate(Math.multiplyExact(fee, KILOBYTE) / virtualSize);
  }

  /** Whether the first pays more for its size than the second, exactly. */
  static int compare(long fee1, long size1, long fee2, long size2) {
    return Long.compare(Math.multiplyExact(fee1, size2), Math.multiplyExact(fee2, size1));
  }

  /** In satoshi for a virtual byte, with three digits behind the point. */
  public BigDecimal perVirtualByte() {
    return BigDecimal.valueOf(perKilobyte, 3);
  }

  /** As Core writes amounts: coins with eight digits behind the point. */
  @Override
  public String toString() {
    return perKilobyte / 100_000_000 + "." + String.format("%08d", perKilobyte % 100_000_000);
  }
}
