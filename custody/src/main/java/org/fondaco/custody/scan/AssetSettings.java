package org.fondaco.custody.scan;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.fondaco.custody.chain.Asset;

/**
 * When a deposit of an asset counts.
 *
 * @param minimum atoms below which a deposit is counted and never credited; zero = what is less
 *     than a ledger unit only
 * @param tiers confirmations by amount; at least one, the first from zero
 * @param dust atoms that are not worth their own fee; sweeps leave them
 * @param sweepDepth blocks on top of a deposit before its coins are spent
 */
public record AssetSettings(
    Asset asset, BigInteger minimum, List<Tier> tiers, BigInteger dust, int sweepDepth) {

  /**
   * A step of the confirmations.
   *
   * @param fromUnits ledger units, of all that the customer has not so deep yet
   * @param confirmations blocks, the deposit's own included; at least 1
   */
  public record Tier(long fromUnits, int confirmations) {}

  public AssetSettings {
    tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::fromUnits)).toList();
    if (tiers.isEmpty() || tiers.getFirst().fromUnits() != 0) {
      throw new IllegalArgumentException(asset.code() + ": the first tier must be from 0 units");
    }
    int last = 1;
    for (Tier tier : tiers) {
      if (tier.confirmations() < last) {
        throw new IllegalArgumentException(
            asset.code() + ": a larger amount must not wait shorter, and nothing less than 1");
      }
      last = tier.confirmations();
    }
  }

  /** Confirmations that so many units wait for. */
  public int confirmations(long units) {
    int needed = tiers.getFirst().confirmations();
    for (Tier tier : tiers) {
      if (units >= tier.fromUnits()) {
        needed = tier.confirmations();
      }
    }
    return needed;
  }

  /** Confirmations that are enough for any amount. */
  public int confirmationsMax() {
    return tiers.getLast().confirmations();
  }
}
