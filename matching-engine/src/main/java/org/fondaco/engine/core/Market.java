package org.fondaco.engine.core;

/** One symbol: its units, rules, fees, books, stop indexes, queue and counters. */
final class Market {

  static final int TIERS = 16;

  final int slot;
  final int id;
  final long[] name;
  final int baseAsset;
  final int quoteAsset;
  final long tickUnit;
  final long lotUnit;
  final long k;
  final long baseOne;
  final int defaultMode;
  final long[] makerRate = new long[TIERS];
  final long[] takerRate = new long[TIERS];
  final Ladder bids;
  final Ladder asks;
  final Stops stops;
  final WorkQueue queue;
  final Average average = new Average();

  final int baseFees;
  final int quoteFees;
  Rules rules;
  int status = Codes.BREAK;
  long referencePrice;

  /** True once any tier has a rate, so that venues without fees never look up tiers. */
  boolean fees;

  long lastTicks;
  long nextTradeId;
  long nextExecutionId = 1;
  long nextPreventedMatchId;
  long nextUpdateId = 1;

  Market(Venue venue, int slot, Definition d, Rules rules) {
    this.slot = slot;
    this.rules = rules;
    id = d.id;
    name = d.name.clone();
    baseAsset = d.baseAsset;
    quoteAsset = d.quoteAsset;
    tickUnit = d.tickUnit;
    lotUnit = d.lotUnit;
    baseOne = d.baseOne;
    k = tickUnit * lotUnit / baseOne;
    defaultMode = d.defaultMode;
    bids = new Ladder(true, venue.orders, venue.levels, venue.nodes);
    asks = new Ladder(false, venue.orders, venue.levels, venue.nodes);
    stops = new Stops(venue, this);
    queue = new WorkQueue(venue);
    int fees = venue.accounts.find(SystemAccounts.FEES);
    baseFees = venue.ledger.balance(fees, baseAsset);
    quoteFees = venue.ledger.balance(fees, quoteAsset);
  }

  /** What never changes about a symbol; assets are slots. */
  static final class Definition {
    int id;
    final long[] name = new long[Assets.CODE_LONGS];
    int baseAsset;
    int quoteAsset;
    long tickUnit;
    long lotUnit;
    long baseOne;
    int defaultMode;
  }

  Ladder ladder(int side) {
    return side == Codes.BUY ? bids : asks;
  }

  void rates(int tier, long maker, long taker) {
    makerRate[tier] = maker;
    takerRate[tier] = taker;
    fees = false;
    for (int i = 0; i < TIERS; i++) {
      fees |= (makerRate[i] | takerRate[i]) != 0;
    }
  }

  /** Takes the present average for the comparisons that follow. */
  void fixAverage(long time) {
    average.fix(time, rules.averageMinutes, lastTicks, referencePrice, tickUnit);
  }

  /** Whether PRICE_RANGE forbids a taker of this side to trade at a price; the average is fixed. */
  boolean outsideRange(int side, long ticks) {
    if (!average.known()) {
      return false;
    }
    int up = side == Codes.BUY ? rules.rangeBidUp : rules.rangeAskUp;
    int down = side == Codes.BUY ? rules.rangeBidDown : rules.rangeAskDown;
    return up != 0 && average.compare(ticks, up) > 0
        || down != 0 && average.compare(ticks, down) < 0;
  }

  /** Whether the last price already meets a stop: equality counts. */
  static boolean reached(int side, int type, long stopTicks, long ticks) {
    return upward(side, type) ? ticks >= stopTicks : ticks <= stopTicks;
  }

  /** True for STOP_LOSS BUY and TAKE_PROFIT SELL kinds, which wait for the price to rise. */
  static boolean upward(int side, int type) {
    boolean stopLoss = type == Codes.STOP_LOSS || type == Codes.STOP_LOSS_LIMIT;
    return stopLoss == (side == Codes.BUY);
  }

  /** What one lot of an order keeps on hold: 0 for market types that are funded when they run. */
  long holdPerLot(int side, int type, long ticks) {
    if (side == Codes.SELL) {
      return type == Codes.MARKET ? 0 : lotUnit;
    }
    return Orders.marketType(type) ? 0 : ticks * k;
  }

  /** Fee in 10^-8 of what is received, rounded up; exact without 128 bits. */
  static long fee(long received, long rate) {
    long whole = received / 100_000_000L;
    long rest = received - whole * 100_000_000L;
    return whole * rate + (rest * rate + 99_999_999L) / 100_000_000L;
  }
}
