package org.fondaco.custody.movement;

import java.math.BigInteger;

/**
 * What the hot tier of an asset should hold, in atoms. Above the maximum the rest is proposed for
 * the reserve tier, below the minimum it is proposed to be filled from there.
 *
 * @param reserve tier that takes and gives: WARM or COLD
 */
public record TierTarget(
    int asset, BigInteger min, BigInteger target, BigInteger max, String reserve) {
  public TierTarget {
    if (min.compareTo(target) > 0 || target.compareTo(max) > 0 || min.signum() < 0) {
      throw new IllegalArgumentException("min, target and max must be in this order");
    }
    if (!reserve.equals("WARM") && !reserve.equals("COLD")) {
      throw new IllegalArgumentException("the reserve is WARM or COLD");
    }
  }
}
