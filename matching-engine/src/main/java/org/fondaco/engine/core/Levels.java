package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * The slab of price levels of all ladders: a FIFO of orders each, linked to the better and the
 * worse level of the same ladder.
 */
final class Levels {

  private static final int KEY = 0;
  private static final int SHOWN = 1;
  private static final int STAMP = 2;

  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int BETTER = 2;
  private static final int WORSE = 3;

  private long[] longs;
  private int[] links;
  private int free = -1;
  private int used;

  Levels(int initial) {
    longs = new long[initial << 2];
    links = new int[initial << 2];
  }

  int allocate(long key) {
    int slot = free;
    if (slot >= 0) {
      free = links[slot << 2];
    } else {
      slot = used++;
      if (slot << 2 == longs.length) {
        longs = Arrays.copyOf(longs, longs.length * 2);
        links = Arrays.copyOf(links, links.length * 2);
      }
    }
    int i = slot << 2;
    longs[i + KEY] = key;
    longs[i + SHOWN] = 0;
    longs[i + STAMP] = 0;
    links[i + FIRST] = -1;
    links[i + LAST] = -1;
    return slot;
  }

  void release(int slot) {
    links[slot << 2] = free;
    free = slot;
  }

  /** Ladder key; see {@link Ladder#key}. */
  long key(int l) {
    return longs[(l << 2) + KEY];
  }

  /** Sum of the lots displayed. */
  long shown(int l) {
    return longs[(l << 2) + SHOWN];
  }

  void addShown(int l, long lots) {
    longs[(l << 2) + SHOWN] += lots;
  }

  /** Sequence of the last command that touched the level. */
  long stamp(int l) {
    return longs[(l << 2) + STAMP];
  }

  void stamp(int l, long sequence) {
    longs[(l << 2) + STAMP] = sequence;
  }

  int first(int l) {
    return links[(l << 2) + FIRST];
  }

  void first(int l, int order) {
    links[(l << 2) + FIRST] = order;
  }

  int last(int l) {
    return links[(l << 2) + LAST];
  }

  void last(int l, int order) {
    links[(l << 2) + LAST] = order;
  }

  int better(int l) {
    return links[(l << 2) + BETTER];
  }

  void better(int l, int level) {
    links[(l << 2) + BETTER] = level;
  }

  int worse(int l) {
    return links[(l << 2) + WORSE];
  }

  void worse(int l, int level) {
    links[(l << 2) + WORSE] = level;
  }
}
