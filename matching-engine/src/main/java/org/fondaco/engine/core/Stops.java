package org.fondaco.engine.core;

/**
 * A symbol's orders that wait for a price: stops by stop price, trailing orders by group. Each
 * trade queues what it triggers; nothing runs here.
 */
final class Stops {

  private final Orders orders;
  private final Levels levels;
  private final EventWriter events;
  private final Market market;

  /** Waiting for the price to rise, lowest stop first. */
  private final Ladder rising;

  /** Waiting for the price to fall, highest stop first. */
  private final Ladder falling;

  private final Trailing trailing;
  private final Venue venue;

  Stops(Venue venue, Market market) {
    this.venue = venue;
    this.market = market;
    orders = venue.orders;
    levels = venue.levels;
    events = venue.events;
    rising = new Ladder(false, orders, levels, venue.nodes);
    falling = new Ladder(true, orders, levels, venue.nodes);
    trailing = new Trailing(orders, venue.groups);
  }

  /** Starts to watch a conditional order whose condition is not met. */
  void add(int o) {
    if (orders.cold(o, Orders.STOP) > 0) {
      orders.state(o, Orders.STOPPED);
      ladder(o).insertById(o, orders.cold(o, Orders.STOP));
    } else {
      follow(o, market.lastTicks);
    }
  }

  /** Makes a trailing order follow the price from an extreme. */
  void follow(int o, long extreme) {
    orders.state(o, Orders.TRAILING);
    orders.cold(o, Orders.TRAILING_TIME, venue.time);
    trailing.add(o, extreme);
  }

  /** Puts a trailing order back as a snapshot has it, by ascending order of its extreme's age. */
  void restore(int o, long extreme) {
    orders.state(o, Orders.TRAILING);
    trailing.add(o, extreme);
  }

  /** The extreme that a trailing order follows, in ticks. */
  long extreme(int o) {
    return trailing.extreme(o);
  }

  void remove(int o) {
    if (orders.state(o) == Orders.TRAILING) {
      trailing.remove(o);
      return;
    }
    Ladder ladder = ladder(o);
    int level = ladder.remove(o);
    if (levels.first(level) < 0) {
      ladder.drop(level);
    }
  }

  private Ladder ladder(int o) {
    return Market.upward(orders.side(o), orders.type(o)) ? rising : falling;
  }

  /**
   * Updates the extremes, starts trailing orders whose stop is met, and queues what triggers:
   * nearest stop first, then order id; trailing orders after, by order id.
   */
  void onTrade(long previous, long ticks) {
    if (ticks == previous) {
      return;
    }
    trailing.move(ticks);
    run(rising, ticks);
    run(falling, ticks);
    if (trailing.collect(ticks)) {
      for (int i = 0; i < trailing.collected(); i++) {
        market.queue.push(WorkQueue.order(trailing.collected(i)));
      }
    }
  }

  private void run(Ladder ladder, long ticks) {
    long key = ladder.key(ticks);
    int level = ladder.best();
    while (level >= 0 && levels.key(level) <= key) {
      int o = levels.first(level);
      while (o >= 0) {
        ladder.remove(o);
        if (orders.cold(o, Orders.DELTA) > 0) {
          follow(o, ticks);
          events.trailingStarted(market, o);
        } else {
          market.queue.push(WorkQueue.order(o));
        }
        o = levels.first(level);
      }
      ladder.drop(level);
      level = ladder.best();
    }
  }
}
