package org.fondaco.engine.simulation;

import java.util.SplittableRandom;
import org.fondaco.engine.protocol.Filters;

/**
 * One symbol of the simulated venue: odd units on purpose, so that ticks, lots and ledger units
 * never coincide by luck.
 */
record Market(int symbol, int base, int quote, long tickUnit, long lotUnit, int centre) {

  static final int ACCOUNTS = 5;

  long price(long ticks) {
    return Math.max(1, ticks) * tickUnit;
  }

  /** Filters that let most pass, or that bite. */
  Filters filters(SplittableRandom random, boolean biting) {
    int tick = biting && random.nextInt(4) == 0 ? 2 : 1;
    int step = biting && random.nextInt(4) == 0 ? 3 : 1;
    boolean bands = biting && random.nextBoolean();
    boolean range = biting && random.nextInt(3) == 0;
    boolean notional = biting && random.nextInt(3) == 0;
    return new Filters(
        biting ? price(centre / 2) : 0,
        price(centre * 2L),
        tick * tickUnit,
        step * lotUnit,
        60 * lotUnit,
        step * lotUnit,
        biting ? 2 * step * lotUnit : 0,
        biting && random.nextBoolean() ? 24 * lotUnit : 0,
        biting && random.nextInt(4) == 0 ? 2 * lotUnit : 0,
        notional ? price(centre) / unitScale() * 2 * lotUnit : 0,
        notional ? price(centre) / unitScale() * 30 * lotUnit : 0,
        biting && random.nextInt(4) == 0 ? 400 * lotUnit : 0,
        random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(3),
        bands ? 10_000 + random.nextInt(2_000) : 0,
        bands ? 10_000 - random.nextInt(2_000) : 0,
        bands ? 10_000 + random.nextInt(2_000) : 0,
        bands ? 10_000 - random.nextInt(2_000) : 0,
        range ? 10_000 + random.nextInt(600) : 0,
        range ? 10_000 - random.nextInt(600) : 0,
        range ? 10_000 + random.nextInt(600) : 0,
        range ? 10_000 - random.nextInt(600) : 0,
        biting && random.nextInt(5) == 0 ? 0 : 2 + random.nextInt(8),
        50,
        biting && random.nextInt(8) == 0 ? 0 : 2_000,
        50,
        biting && random.nextInt(8) == 0 ? 0 : 2_000,
        6 + random.nextInt(12),
        2 + random.nextInt(6),
        1 + random.nextInt(4),
        biting ? 1 + random.nextInt(3) : 0,
        random.nextBoolean(),
        random.nextBoolean(),
        biting && random.nextInt(6) == 0 ? 0b01011 : 0b11111);
  }

  /** Filters with one number that no symbol may have, or a bound at its very edge. */
  Filters broken(SplittableRandom random) {
    Filters f = filters(random, true);
    int field = random.nextInt(30);
    return new Filters(
        field == 0 ? -1 : f.minPrice(),
        field == 1 ? f.minPrice() - 1 : field == 2 ? 0 : f.maxPrice(),
        field == 3 ? 0 : field == 4 ? f.tickSize() + 1 : f.tickSize(),
        field == 5 ? -1 : f.minQuantity(),
        field == 6 ? f.minQuantity() - 1 : field == 7 ? 0 : f.maxQuantity(),
        field == 8 ? 0 : field == 9 ? f.stepSize() + 1 : f.stepSize(),
        field == 10 ? -1 : f.marketMinQuantity(),
        field == 11 ? -1 : f.marketMaxQuantity(),
        field == 12 ? f.marketStepSize() + 1 : f.marketStepSize(),
        field == 13 ? -1 : f.minNotional(),
        field == 14 ? -1 : f.maxNotional(),
        field == 15 ? -1 : f.maxPosition(),
        field == 16 ? 61 : field == 17 ? -1 : f.averagePriceMinutes(),
        field == 18 ? -1 : f.bidMultiplierUp(),
        field == 18 ? -1 : f.bidMultiplierDown(),
        field == 19 ? -1 : f.askMultiplierUp(),
        field == 20 ? -1 : f.askMultiplierDown(),
        field == 21 ? -1 : f.priceRangeBidUp(),
        field == 22 ? -1 : f.priceRangeBidDown(),
        field == 23 ? -1 : f.priceRangeAskUp(),
        field == 24 ? -1 : f.priceRangeAskDown(),
        field == 25 ? -1 : f.icebergParts(),
        field == 26 ? -1 : f.minTrailingAboveDelta(),
        f.maxTrailingAboveDelta(),
        f.minTrailingBelowDelta(),
        field == 27 ? -1 : f.maxTrailingBelowDelta(),
        field == 28 ? -1 : f.maxOrders(),
        f.maxAlgoOrders(),
        f.maxOrderLists(),
        field == 29 ? -1 : f.maxOrderAmends(),
        f.applyMinToMarket(),
        f.applyMaxToMarket(),
        f.allowedSelfTradePreventionModes());
  }

  private long unitScale() {
    return switch (base) {
      case Venue.COARSE -> 100;
      case Venue.MIDDLE, Venue.LARGE -> 10_000;
      default -> 100_000_000;
    };
  }
}
