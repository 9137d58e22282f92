package org.fondaco.chain.transition;

import java.math.BigInteger;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.word.U256;

/** The second fee market: EIP-4844. */
public final class BlobGas {
  public static final long TARGET = 3 * Rules.BLOB;
  public static final long MAX = 6 * Rules.BLOB;
  private static final BigInteger UPDATE_FRACTION = BigInteger.valueOf(3_338_477);

  private BlobGas() {}

  /**
   * The price of blob gas in wei: e to the power of the excess over the update fraction, by the
   * EIP's Taylor series.
   */
  public static U256 baseFee(long excessBlobGas) {
    BigInteger numerator = BigInteger.valueOf(excessBlobGas);
    BigInteger sum = BigInteger.ZERO;
    BigInteger term = UPDATE_FRACTION;
    for (long i = 1; term.signum() > 0; i++) {
      sum = sum.add(term);
      term = term.multiply(numerator).divide(UPDATE_FRACTION.multiply(BigInteger.valueOf(i)));
    }
    return U256.of(sum.divide(UPDATE_FRACTION).min(U256.MAX.toBigInteger()));
  }

  /** The excess of a block from its parent's. */
  public static long excess(long parentExcess, long parentUsed) {
    return Math.max(0, parentExcess + parentUsed - TARGET);
  }
}
