package org.fondaco.api.demo;

import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/**
 * The demo's symbols, with filters like those of the large venues. Append only: they are part of
 * the numbered commands. All assets have scale 8, so a unit is 10^-8.
 */
enum DemoSymbol {
  BTCUSDT(DemoAsset.BTC, DemoAsset.USDT, 1_000_000, 1_000, 64_000_00000000L, 2_000_000),
  ETHUSDT(DemoAsset.ETH, DemoAsset.USDT, 1_000_000, 10_000, 3_200_00000000L, 40_000_000),
  LTCUSDT(DemoAsset.LTC, DemoAsset.USDT, 1_000_000, 100_000, 80_00000000L, 15_00000000L),
  BCHUSDT(DemoAsset.BCH, DemoAsset.USDT, 10_000_000, 100_000, 400_00000000L, 3_00000000L),
  // A smaller lot would make the least notional less than a unit of BTC.
  ETHBTC(DemoAsset.ETH, DemoAsset.BTC, 1_000, 100_000, 5_000_000, 40_000_000);

  private final DemoAsset base;
  private final DemoAsset quote;
  private final long tickSize;
  private final long stepSize;
  private final long anchorPrice;
  private final long typicalQuantity;

  DemoSymbol(
      DemoAsset base,
      DemoAsset quote,
      long tickSize,
      long stepSize,
      long anchorPrice,
      long typicalQuantity) {
    this.base = base;
    this.quote = quote;
    this.tickSize = tickSize;
    this.stepSize = stepSize;
    this.anchorPrice = anchorPrice;
    this.typicalQuantity = typicalQuantity;
  }

  int id() {
    return ordinal() + 1;
  }

  DemoAsset base() {
    return base;
  }

  DemoAsset quote() {
    return quote;
  }

  /** Quote units per whole base unit. */
  long tickSize() {
    return tickSize;
  }

  /** Base units. */
  long stepSize() {
    return stepSize;
  }

  /** Where the simulator begins and what it returns to, quote units per whole base unit. */
  long anchorPrice() {
    return anchorPrice;
  }

  /** What the simulator quotes on a level, about a thousand dollars, base units. */
  long typicalQuantity() {
    return typicalQuantity;
  }

  Command.AddSymbol command() {
    return new Command.AddSymbol(
        id(),
        name(),
        base.id(),
        quote.id(),
        tickSize,
        stepSize,
        SelfTradePreventionMode.EXPIRE_MAKER,
        filters());
  }

  private Filters filters() {
    // Room for any walk, and price times quantity stays below 2^62 quote units (ENGINE.md Numbers).
    long maxPrice = anchorPrice * 20;
    long maxQuantity = stepSize * 900_000_000L;
    return new Filters(
        tickSize,
        maxPrice,
        tickSize,
        stepSize,
        maxQuantity,
        stepSize,
        0,
        stepSize * 10_000_000,
        0,
        minNotional(),
        minNotional() * 1_800_000,
        0,
        5,
        // Orders far from the market may wait there; only those far beyond it are errors.
        50_000,
        100,
        200_000,
        2_000,
        0,
        0,
        0,
        0,
        100,
        10,
        2_000,
        10,
        2_000,
        200,
        5,
        20,
        10,
        true,
        false,
        allModes());
  }

  private long minNotional() {
    return switch (quote) {
      case USDT -> 5_00000000L;
      case BTC -> 10_000;
      case ETH, LTC, BCH -> throw new IllegalStateException("no symbol is quoted in " + quote);
    };
  }

  private static int allModes() {
    return (1 << SelfTradePreventionMode.values().length) - 1;
  }
}
