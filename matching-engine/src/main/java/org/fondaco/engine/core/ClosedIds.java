package org.fondaco.engine.core;

import java.util.Arrays;

/** The last client ids that closed on a position, for accounts with a clientIdWindow. */
final class ClosedIds {

  private static final int LONGS = Orders.CLIENT_ID_LONGS;

  private final long[] ids;
  private final int window;
  private int next;
  private int size;

  ClosedIds(int window) {
    this.window = window;
    ids = new long[window * LONGS];
  }

  void add(long[] from, int at) {
    System.arraycopy(from, at, ids, next * LONGS, LONGS);
    next = next + 1 == window ? 0 : next + 1;
    size = Math.min(size + 1, window);
  }

  boolean contains(long[] id, int at) {
    for (int i = 0; i < size; i++) {
      if (Arrays.equals(ids, i * LONGS, (i + 1) * LONGS, id, at, at + LONGS)) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  /** Position in {@link #array} of the i-th id, oldest first. */
  int at(int i) {
    return (next - size + i + window) % window * LONGS;
  }

  long[] array() {
    return ids;
  }

  /** The newest ids that fit another window. */
  ClosedIds resized(int newWindow) {
    ClosedIds resized = new ClosedIds(newWindow);
    for (int i = Math.max(0, size - newWindow); i < size; i++) {
      resized.add(ids, at(i));
    }
    return resized;
  }
}
