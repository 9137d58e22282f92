package org.fondaco.engine.core;

/**
 * One side of a book, or one direction of a stop index: price levels sorted from best to worst,
 * found by price through a 64-ary bitmap trie whose height follows the spread of the prices.
 *
 * <p>Levels are ordered by key, ascending: ticks for a ladder that is best at the lowest price, its
 * mirror for one that is best at the highest. A level that lost its last order stays linked until
 * {@link #drop}, so that a command can report each level once; {@link #best} never is such a level.
 */
final class Ladder {

  /** Height of a root that covers all keys of 63 bits. */
  private static final int TOP = 10;

  private final long flip;
  private final Orders orders;
  private final Levels levels;
  private final TrieNodes nodes;
  private final int[] path = new int[TOP + 1];

  private int best = -1;
  private int head = -1;
  private int root = -1;
  private int height;
  private long prefix;

  Ladder(boolean highestFirst, Orders orders, Levels levels, TrieNodes nodes) {
    flip = highestFirst ? Long.MAX_VALUE : 0;
    this.orders = orders;
    this.levels = levels;
    this.nodes = nodes;
  }

  /** Sort key of a price: smaller is better. Its own inverse. */
  long key(long ticks) {
    return ticks ^ flip;
  }

  long ticks(int level) {
    return key(levels.key(level));
  }

  /** Best level that has orders, or -1. */
  int best() {
    return best;
  }

  /** Next worse level that has orders, or -1. */
  int worse(int level) {
    int next = levels.worse(level);
    while (next >= 0 && levels.first(next) < 0) {
      next = levels.worse(next);
    }
    return next;
  }

  /** The level at this price, or -1; it may be empty. */
  int find(long ticks) {
    long key = key(ticks);
    if (root < 0 || prefix(key, height) != prefix) {
      return -1;
    }
    int node = root;
    for (int h = height; ; h--) {
      int index = (int) (key >>> 6 * h) & 63;
      if ((nodes.bits(node) & 1L << index) == 0) {
        return -1;
      }
      node = nodes.child(node, index);
      if (h == 0) {
        return node;
      }
    }
  }

  /** Puts an order at the end of its level's queue. */
  int append(int order, long ticks) {
    int level = levelFor(ticks);
    int last = levels.last(level);
    orders.level(order, level);
    orders.prev(order, last);
    orders.next(order, -1);
    if (last < 0) {
      levels.first(level, order);
      revive(level);
    } else {
      orders.next(last, order);
    }
    levels.last(level, order);
    return level;
  }

  /** Puts an order into its level's queue so that ids ascend; newest ids find their place fast. */
  void insertById(int order, long ticks) {
    int level = levelFor(ticks);
    int before = levels.last(level);
    while (before >= 0 && orders.id(before) > orders.id(order)) {
      before = orders.prev(before);
    }
    int after = before < 0 ? levels.first(level) : orders.next(before);
    orders.level(order, level);
    orders.prev(order, before);
    orders.next(order, after);
    if (before < 0) {
      levels.first(level, order);
    } else {
      orders.next(before, order);
    }
    if (after < 0) {
      levels.last(level, order);
    } else {
      orders.prev(after, order);
    }
    revive(level);
  }

  private void revive(int level) {
    if (best < 0 || levels.key(level) < levels.key(best)) {
      best = level;
    }
  }

  /** Moves the first order of a level to the end of the queue (a refreshed slice). */
  void requeue(int order) {
    int level = orders.level(order);
    int last = levels.last(level);
    if (last == order) {
      return;
    }
    int next = orders.next(order);
    orders.prev(next, -1);
    levels.first(level, next);
    orders.next(last, order);
    orders.prev(order, last);
    orders.next(order, -1);
    levels.last(level, order);
  }

  /** Takes an order out of its queue; the level stays, perhaps empty, and is returned. */
  int remove(int order) {
    int level = orders.level(order);
    int prev = orders.prev(order);
    int next = orders.next(order);
    if (prev < 0) {
      levels.first(level, next);
    } else {
      orders.next(prev, next);
    }
    if (next < 0) {
      levels.last(level, prev);
    } else {
      orders.prev(next, prev);
    }
    if (prev < 0 && next < 0 && level == best) {
      best = worse(level);
    }
    return level;
  }

  /** Unlinks an empty level and frees it. */
  void drop(int level) {
    int better = levels.better(level);
    int worse = levels.worse(level);
    if (better < 0) {
      head = worse;
    } else {
      levels.worse(better, worse);
    }
    if (worse >= 0) {
      levels.better(worse, better);
    }
    forget(levels.key(level));
    levels.release(level);
  }

  private int levelFor(long ticks) {
    long key = key(ticks);
    // Most orders join a level that exists, most often the best one.
    if (best >= 0 && levels.key(best) == key) {
      return best;
    }
    if (root < 0) {
      root = nodes.allocate();
      height = 0;
      prefix = prefix(key, 0);
    }
    while (prefix(key, height) != prefix) {
      int above = nodes.allocate();
      nodes.put(above, (int) prefix & 63, root);
      root = above;
      prefix >>>= 6;
      height++;
    }
    return descend(key);
  }

  private int descend(long key) {
    int node = root;
    int lowerNode = -1;
    int lowerHeight = 0;
    long lowerBits = 0;
    for (int h = height; ; h--) {
      int index = (int) (key >>> 6 * h) & 63;
      long bits = nodes.bits(node);
      long below = bits & (1L << index) - 1;
      if (below != 0) {
        lowerNode = node;
        lowerHeight = h;
        lowerBits = below;
      }
      boolean present = (bits & 1L << index) != 0;
      if (h == 0) {
        if (present) {
          return nodes.child(node, index);
        }
        int level = levels.allocate(key);
        nodes.put(node, index, level);
        link(level, lowerNode < 0 ? -1 : greatest(lowerNode, lowerHeight, lowerBits));
        return level;
      }
      if (present) {
        node = nodes.child(node, index);
      } else {
        int child = nodes.allocate();
        nodes.put(node, index, child);
        node = child;
      }
    }
  }

  private int greatest(int node, int h, long bits) {
    int child = nodes.child(node, 63 - Long.numberOfLeadingZeros(bits));
    for (int i = h; i > 0; i--) {
      child = nodes.child(child, 63 - Long.numberOfLeadingZeros(nodes.bits(child)));
    }
    return child;
  }

  private void link(int level, int better) {
    int worse = better < 0 ? head : levels.worse(better);
    levels.better(level, better);
    levels.worse(level, worse);
    if (better < 0) {
      head = level;
    } else {
      levels.worse(better, level);
    }
    if (worse >= 0) {
      levels.better(worse, level);
    }
  }

  private void forget(long key) {
    int node = root;
    for (int h = height; h > 0; h--) {
      path[h] = node;
      node = nodes.child(node, (int) (key >>> 6 * h) & 63);
    }
    path[0] = node;
    int h = 0;
    while (nodes.clear(path[h], (int) (key >>> 6 * h) & 63)) {
      nodes.release(path[h]);
      if (h == height) {
        root = -1;
        return;
      }
      h++;
    }
    if (h == height) {
      shrink();
    }
  }

  private void shrink() {
    long bits = nodes.bits(root);
    while (height > 0 && (bits & bits - 1) == 0) {
      int index = Long.numberOfTrailingZeros(bits);
      int child = nodes.child(root, index);
      nodes.release(root);
      root = child;
      prefix = prefix << 6 | index;
      height--;
      bits = nodes.bits(root);
    }
  }

  private static long prefix(long key, int height) {
    return height >= TOP ? 0 : key >>> 6 * (height + 1);
  }
}
