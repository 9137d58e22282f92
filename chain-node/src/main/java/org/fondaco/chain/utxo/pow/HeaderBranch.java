package org.fondaco.chain.utxo.pow;

import java.math.BigInteger;
import java.util.Arrays;

/** One line of headers from the genesis to a tip, as far as targets and times depend on it. */
public interface HeaderBranch {
  /** Headers whose median is "the past": BIP-113. */
  int MEDIAN_HEADERS = 11;

  /** The height of the tip. */
  int tip();

  /** Seconds since 1970 in the header at a height, 0 to the tip; unsigned 32 bits. */
  long timeSeconds(int height);

  int bits(int height);

  /** The sum of work from the genesis up to and with a height. */
  BigInteger chainWork(int height);

  /** The median of the last eleven times up to and with a height, of fewer near the genesis. */
  default long medianTimePast(int height) {
    int count = Math.min(MEDIAN_HEADERS, height + 1);
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = timeSeconds(height - i);
    }
    Arrays.sort(times);
    return times[count / 2];
  }
}
