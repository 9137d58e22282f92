package org.fondaco.engine.core;

import java.util.Arrays;

/** Puts orders on books and takes them off, and reports each level touched once a command. */
final class Books {

  private final Orders orders;
  private final Levels levels;
  private long nextPriority = 1;
  private long stamp;
  private int[] touchedLevel = new int[1_024];
  private Ladder[] touchedLadder = new Ladder[0];
  private Market[] touchedMarket = new Market[0];
  private int touched;

  Books(Orders orders, Levels levels) {
    this.orders = orders;
    this.levels = levels;
  }

  long nextPriority() {
    return nextPriority;
  }

  void nextPriority(long value) {
    nextPriority = value;
  }

  void begin(long sequence) {
    stamp = sequence;
    touched = 0;
  }

  /** Puts what an order has left at the end of its level, with new priority. */
  void rest(Market m, int o) {
    orders.state(o, Orders.RESTING);
    orders.cold(o, Orders.PRIORITY, nextPriority++);
    show(m, o, slice(o));
  }

  /** Puts an order back as a snapshot describes it; the caller goes by ascending priority. */
  void show(Market m, int o, long lots) {
    Ladder ladder = m.ladder(orders.side(o));
    orders.shown(o, lots);
    int level = ladder.append(o, orders.price(o));
    levels.addShown(level, lots);
    touch(m, ladder, level);
  }

  /** What an order displays when it starts a slice. */
  long slice(int o) {
    long iceberg = orders.cold(o, Orders.ICEBERG);
    long left = orders.left(o);
    return iceberg > 0 && iceberg < left ? iceberg : left;
  }

  /** Takes a resting order off its book. */
  void remove(Market m, int o) {
    Ladder ladder = m.ladder(orders.side(o));
    int level = ladder.remove(o);
    levels.addShown(level, -orders.shown(o));
    orders.shown(o, 0);
    touch(m, ladder, level);
  }

  /**
   * Lowers a maker's displayed quantity by what traded or was prevented. A spent slice refreshes to
   * the end of the level; an order with nothing left stays until the caller removes it.
   */
  void reduce(Market m, Ladder ladder, int o, long lots) {
    int level = orders.level(o);
    long shown = orders.shown(o) - lots;
    long change = -lots;
    if (shown == 0 && orders.left(o) > 0) {
      shown = slice(o);
      change += shown;
      orders.cold(o, Orders.PRIORITY, nextPriority++);
      ladder.requeue(o);
    }
    orders.shown(o, shown);
    levels.addShown(level, change);
    touch(m, ladder, level);
  }

  /** After an amend: hidden quantity shrinks before what is displayed. */
  void shrink(Market m, int o) {
    Ladder ladder = m.ladder(orders.side(o));
    int level = orders.level(o);
    long shown = Math.min(orders.shown(o), orders.left(o));
    levels.addShown(level, shown - orders.shown(o));
    orders.shown(o, shown);
    touch(m, ladder, level);
  }

  private void touch(Market m, Ladder ladder, int level) {
    if (levels.stamp(level) == stamp) {
      return;
    }
    levels.stamp(level, stamp);
    if (touched >= touchedLadder.length) {
      int size = Math.max(1_024, touched * 2);
      touchedLevel = Arrays.copyOf(touchedLevel, size);
      touchedLadder = Arrays.copyOf(touchedLadder, size);
      touchedMarket = Arrays.copyOf(touchedMarket, size);
    }
    touchedLevel[touched] = level;
    touchedLadder[touched] = ladder;
    touchedMarket[touched++] = m;
  }

  /** Reports the levels touched, in order of first touch, and drops the empty ones. */
  void finish(EventWriter events) {
    for (int i = 0; i < touched; i++) {
      Market m = touchedMarket[i];
      Ladder ladder = touchedLadder[i];
      int level = touchedLevel[i];
      int side = ladder == m.bids ? Codes.BUY : Codes.SELL;
      events.levelChanged(m, side, ladder.ticks(level), levels.shown(level));
      if (levels.first(level) < 0) {
        ladder.drop(level);
      }
    }
  }

  /** Ends the building of books from a snapshot, which reports nothing. */
  void forgetTouched() {
    touched = 0;
  }
}
