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
        notional ? price(centre) * 2 * lotUnit / unitScale() : 0,
        notional ? price(centre) * 30 * lotUnit / unitScale() : 0,
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

  private long unitScale() {
    return switch (base) {
      case Venue.COARSE -> 100;
      case Venue.MIDDLE -> 10_000;
      default -> 100_000_000;
    };
  }
}
