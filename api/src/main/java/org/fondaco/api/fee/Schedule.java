package org.fondaco.api.fee;

import static org.fondaco.db.schema.Tables.FEE_TIERS;

import java.math.BigInteger;
import java.util.List;
import org.jooq.DSLContext;

/**
 * The tiers that there are, ascending by the volume they ask for.
 *
 * @param tiers never empty; the first asks for nothing
 */
record Schedule(List<Tier> tiers) {
  private static final int WHOLE = 10_000;

  /**
   * A row of the schedule.
   *
   * @param volumeMin whole units of the valuation asset
   * @param makerShare basis points of tier 0's maker rate
   * @param takerShare basis points of tier 0's taker rate
   */
  record Tier(int tier, long volumeMin, int makerShare, int takerShare) {

    /** Rounds up, as fees do: no discount is larger than what is published. */
    static long share(long rate, int share) {
      return Math.ceilDiv(Math.multiplyExact(rate, share), WHOLE);
    }
  }

  static Schedule read(DSLContext database) {
    List<Tier> tiers =
        database
            .selectFrom(FEE_TIERS)
            .orderBy(FEE_TIERS.VOLUME_MIN, FEE_TIERS.TIER)
            .fetch(row ->
                new Tier(
                    row.getTier(), row.getVolumeMin(), row.getMakerShare(), row.getTakerShare()));
    if (tiers.isEmpty() || tiers.getFirst().volumeMin() > 0) {
      throw new IllegalStateException("fee_tiers has no tier for a volume of 0");
    }
    return new Schedule(tiers);
  }

  /** The highest tier that this volume reaches. */
  int tier(BigInteger volume) {
    int reached = tiers.getFirst().tier();
    for (Tier tier : tiers) {
      if (volume.compareTo(BigInteger.valueOf(tier.volumeMin())) >= 0) {
        reached = tier.tier();
      }
    }
    return reached;
  }
}
