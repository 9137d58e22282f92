package org.fondaco.bench.workload;

import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The generator's own book of one symbol: plain, price then time, and thereby a third opinion on
 * every trade.
 */
final class ModelBook {

  /** Told of every fill; taker and maker were already reduced. */
  interface Fills {
    void fill(Order taker, Order maker, int size);
  }

  static final class Order {
    final int number;
    final int account;
    final boolean buy;
    int price;
    int remaining;
    int filled;
    int windowIndex = -1;
    @Nullable Level level;
    @Nullable Order previous;
    @Nullable Order next;

    Order(int number, int account, boolean buy, int price, int remaining) {
      this.number = number;
      this.account = account;
      this.buy = buy;
      this.price = price;
      this.remaining = remaining;
    }
  }

  private static final class Level {
    final int price;
    long volume;
    @Nullable Order first;
    @Nullable Order last;

    Level(int price) {
      this.price = price;
    }
  }

  private final TreeMap<Integer, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Integer, Level> asks = new TreeMap<>();
  int bidOrders;
  int askOrders;

  private TreeMap<Integer, Level> side(boolean buy) {
    return buy ? bids : asks;
  }

  /** Matches the order at its price against the other side. */
  void match(Order taker, Fills fills) {
    TreeMap<Integer, Level> makers = side(!taker.buy);
    while (taker.remaining > 0 && !makers.isEmpty()) {
      Level best = makers.firstEntry().getValue();
      if (taker.buy ? best.price > taker.price : best.price < taker.price) {
        return;
      }
      while (taker.remaining > 0 && best.first != null) {
        Order maker = best.first;
        int size = Math.min(taker.remaining, maker.remaining);
        taker.remaining -= size;
        taker.filled += size;
        maker.remaining -= size;
        maker.filled += size;
        best.volume -= size;
        if (maker.remaining == 0) {
          remove(maker);
        }
        fills.fill(taker, maker, size);
      }
    }
  }

  /** Adds at the tail of its level. */
  void rest(Order order) {
    Level level = side(order.buy).computeIfAbsent(order.price, Level::new);
    order.level = level;
    order.previous = level.last;
    order.next = null;
    if (level.last == null) {
      level.first = order;
    } else {
      level.last.next = order;
    }
    level.last = order;
    level.volume += order.remaining;
    if (order.buy) {
      bidOrders++;
    } else {
      askOrders++;
    }
  }

  void remove(Order order) {
    Level level = order.level;
    if (level == null) {
      throw new IllegalStateException("order " + order.number + " does not rest");
    }
    if (order.previous == null) {
      level.first = order.next;
    } else {
      order.previous.next = order.next;
    }
    if (order.next == null) {
      level.last = order.previous;
    } else {
      order.next.previous = order.previous;
    }
    level.volume -= order.remaining;
    order.level = null;
    if (level.first == null) {
      side(order.buy).remove(level.price);
    }
    if (order.buy) {
      bidOrders--;
    } else {
      askOrders--;
    }
  }

  void reduce(Order order, int by) {
    Level level = order.level;
    if (level == null || by >= order.remaining) {
      throw new IllegalStateException("order " + order.number + " cannot shrink by " + by);
    }
    order.remaining -= by;
    level.volume -= by;
  }

  /**
   * What filling exactly this size would take.
   *
   * @return worst price and total of price times size, or null when the book is too thin
   */
  @Nullable Cost cost(boolean buy, int size) {
    long total = 0;
    int left = size;
    for (Level level : side(!buy).values()) {
      long take = Math.min(left, level.volume);
      total += take * level.price;
      left -= (int) take;
      if (left == 0) {
        return new Cost(level.price, total);
      }
    }
    return null;
  }

  record Cost(int worstPrice, long total) {}

  /** Sum over resting orders and levels, see {@link Mix}. */
  Workload.Digest digest(int symbol) {
    long orders = 0;
    long levels = 0;
    for (boolean buy : new boolean[] {true, false}) {
      for (Level level : side(buy).values()) {
        levels += Mix.level(symbol, buy, level.price, level.volume);
        for (Order order = level.first; order != null; order = order.next) {
          orders += Mix.order(symbol, buy, order.number, order.price, order.remaining);
        }
      }
    }
    return new Workload.Digest(0, 0, orders, levels);
  }
}
