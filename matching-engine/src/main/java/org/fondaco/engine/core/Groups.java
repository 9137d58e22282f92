package org.fondaco.engine.core;

import java.util.Arrays;

/** The pool of trailing groups that all symbols share. */
final class Groups {

  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int FARTHER = 2;
  private static final int NEARER = 3;
  private static final int COUNT = 4;

  private long[] extreme = new long[64];
  private int[] links = new int[64 << 3];
  private int free = -1;
  private int used;

  int allocate(long ticks, int farther) {
    int group = free;
    if (group >= 0) {
      free = links[group << 3];
    } else {
      group = used++;
      if (group == extreme.length) {
        extreme = Arrays.copyOf(extreme, used * 2);
        links = Arrays.copyOf(links, links.length * 2 + 16);
      }
    }
    extreme[group] = ticks;
    first(group, -1);
    last(group, -1);
    farther(group, farther);
    nearer(group, -1);
    count(group, 0);
    return group;
  }

  void release(int group) {
    links[group << 3] = free;
    free = group;
  }

  long extreme(int g) {
    return extreme[g];
  }

  void extreme(int g, long ticks) {
    extreme[g] = ticks;
  }

  int first(int g) {
    return links[(g << 3) + FIRST];
  }

  void first(int g, int order) {
    links[(g << 3) + FIRST] = order;
  }

  int last(int g) {
    return links[(g << 3) + LAST];
  }

  void last(int g, int order) {
    links[(g << 3) + LAST] = order;
  }

  /** The group with an extreme farther from the price, or -1. */
  int farther(int g) {
    return links[(g << 3) + FARTHER];
  }

  void farther(int g, int group) {
    links[(g << 3) + FARTHER] = group;
  }

  int nearer(int g) {
    return links[(g << 3) + NEARER];
  }

  void nearer(int g, int group) {
    links[(g << 3) + NEARER] = group;
  }

  int count(int g) {
    return links[(g << 3) + COUNT];
  }

  void count(int g, int value) {
    links[(g << 3) + COUNT] = value;
  }
}
