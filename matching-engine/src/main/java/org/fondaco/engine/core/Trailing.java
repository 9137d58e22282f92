package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * The trailing orders of a symbol in groups of equal (side, delta, extreme). SELL orders follow the
 * greatest price and trigger below it, BUY orders the least and trigger above it; both trail
 * <em>behind</em> the price in the same way, so one code serves both with mirrored extremes.
 *
 * <p>Per (side, delta) the groups form a chain from the extreme farthest ahead of the price to the
 * nearest. A new group starts at the last price, which no extreme is behind, so it joins at the
 * near end; a trade that passes the near end merges the groups it passes; and the far end triggers
 * first. Each step therefore is O(1) amortised.
 */
final class Trailing {

  private final Orders orders;
  private final Groups groups;
  private final Chains sells = new Chains();
  private final Chains buys = new Chains();
  private int[] collected = new int[16];
  private int size;

  /** The chains of one side: one a delta. */
  private static final class Chains {
    int[] delta = new int[4];
    int[] far = new int[4];
    int[] near = new int[4];
    int count;

    int find(int value) {
      for (int i = 0; i < count; i++) {
        if (delta[i] == value) {
          return i;
        }
      }
      if (count == delta.length) {
        delta = Arrays.copyOf(delta, count * 2);
        far = Arrays.copyOf(far, count * 2);
        near = Arrays.copyOf(near, count * 2);
      }
      delta[count] = value;
      far[count] = -1;
      near[count] = -1;
      return count++;
    }

    void drop(int chain) {
      count--;
      delta[chain] = delta[count];
      far[chain] = far[count];
      near[chain] = near[count];
    }
  }

  Trailing(Orders orders, Groups groups) {
    this.orders = orders;
    this.groups = groups;
  }

  /** Follows from an extreme that no extreme of the same side and delta is behind. */
  void add(int o, long extreme) {
    boolean sell = orders.side(o) == Codes.SELL;
    Chains chains = sell ? sells : buys;
    int chain = chains.find((int) orders.cold(o, Orders.DELTA));
    int near = chains.near[chain];
    if (near < 0 || groups.extreme(near) != extreme) {
      int group = groups.allocate(extreme, near);
      if (near < 0) {
        chains.far[chain] = group;
      } else {
        groups.nearer(near, group);
      }
      chains.near[chain] = group;
      near = group;
    }
    append(near, o);
  }

  private void append(int group, int o) {
    int last = groups.last(group);
    orders.level(o, group);
    orders.prev(o, last);
    orders.next(o, -1);
    if (last < 0) {
      groups.first(group, o);
    } else {
      orders.next(last, o);
    }
    groups.last(group, o);
    groups.count(group, groups.count(group) + 1);
  }

  long extreme(int o) {
    return groups.extreme(orders.level(o));
  }

  void remove(int o) {
    int group = orders.level(o);
    int prev = orders.prev(o);
    int next = orders.next(o);
    if (prev < 0) {
      groups.first(group, next);
    } else {
      orders.next(prev, next);
    }
    if (next < 0) {
      groups.last(group, prev);
    } else {
      orders.prev(next, prev);
    }
    groups.count(group, groups.count(group) - 1);
    if (groups.count(group) == 0) {
      boolean sell = orders.side(o) == Codes.SELL;
      Chains chains = sell ? sells : buys;
      unlink(chains, chains.find((int) orders.cold(o, Orders.DELTA)), group);
    }
  }

  private void unlink(Chains chains, int chain, int group) {
    int farther = groups.farther(group);
    int nearer = groups.nearer(group);
    if (farther < 0) {
      chains.far[chain] = nearer;
    } else {
      groups.nearer(farther, nearer);
    }
    if (nearer < 0) {
      chains.near[chain] = farther;
    } else {
      groups.farther(nearer, farther);
    }
    groups.release(group);
    if (chains.far[chain] < 0) {
      chains.drop(chain);
    }
  }

  /** Moves the extremes that a trade passed. */
  void move(long ticks) {
    for (int chain = 0; chain < sells.count; chain++) {
      move(sells, chain, ticks, true);
    }
    for (int chain = 0; chain < buys.count; chain++) {
      move(buys, chain, ticks, false);
    }
  }

  private void move(Chains chains, int chain, long ticks, boolean sell) {
    int near = chains.near[chain];
    if (sell ? groups.extreme(near) >= ticks : groups.extreme(near) <= ticks) {
      return;
    }
    groups.extreme(near, ticks);
    int farther = groups.farther(near);
    while (farther >= 0
        && (sell ? groups.extreme(farther) <= ticks : groups.extreme(farther) >= ticks)) {
      near = merge(chains, chain, near, farther);
      groups.extreme(near, ticks);
      farther = groups.farther(near);
    }
  }

  /** Joins two neighbours by moving the smaller group's orders; returns the group that stays. */
  private int merge(Chains chains, int chain, int a, int b) {
    int from = groups.count(a) < groups.count(b) ? a : b;
    int to = from == a ? b : a;
    int o = groups.first(from);
    while (o >= 0) {
      int next = orders.next(o);
      append(to, o);
      o = next;
    }
    unlink(chains, chain, from);
    return to;
  }

  /** Takes out all orders that trigger at a price, sorted by id; false if there are none. */
  boolean collect(long ticks) {
    size = 0;
    for (int chain = sells.count - 1; chain >= 0; chain--) {
      collect(sells, chain, ticks, true);
    }
    for (int chain = buys.count - 1; chain >= 0; chain--) {
      collect(buys, chain, ticks, false);
    }
    sortById();
    return size > 0;
  }

  private void collect(Chains chains, int chain, long ticks, boolean sell) {
    int delta = chains.delta[chain];
    int far = chains.far[chain];
    while (far >= 0 && triggers(groups.extreme(far), delta, ticks, sell)) {
      for (int o = groups.first(far); o >= 0; o = orders.next(o)) {
        if (size == collected.length) {
          collected = Arrays.copyOf(collected, size * 2);
        }
        collected[size++] = o;
      }
      boolean last = groups.nearer(far) < 0;
      unlink(chains, chain, far);
      if (last) {
        return;
      }
      far = chains.far[chain];
    }
  }

  /** SELL: P·10^4 ≤ max·(10^4−δ); BUY: P·10^4 ≥ min·(10^4+δ); in 128 bits. */
  private static boolean triggers(long extreme, int delta, long ticks, boolean sell) {
    int bound = sell ? 10_000 - delta : 10_000 + delta;
    if (bound < 0) {
      return false;
    }
    int sign = compareProducts(ticks, 10_000, extreme, bound);
    return sell ? sign <= 0 : sign >= 0;
  }

  private static int compareProducts(long a, long b, long c, long d) {
    long high = Math.multiplyHigh(a, b);
    long otherHigh = Math.multiplyHigh(c, d);
    return high != otherHigh ? Long.compare(high, otherHigh) : Long.compareUnsigned(a * b, c * d);
  }

  /** Heap sort in place: trailing orders may trigger by the thousand, and nothing is allocated. */
  private void sortById() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      sift(i, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sift(0, end);
    }
  }

  private void sift(int from, int end) {
    int i = from;
    while (2 * i + 1 < end) {
      int child = 2 * i + 1;
      if (child + 1 < end && orders.id(collected[child + 1]) > orders.id(collected[child])) {
        child++;
      }
      if (orders.id(collected[i]) >= orders.id(collected[child])) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int i, int j) {
    int o = collected[i];
    collected[i] = collected[j];
    collected[j] = o;
  }

  int collected() {
    return size;
  }

  int collected(int i) {
    return collected[i];
  }
}
