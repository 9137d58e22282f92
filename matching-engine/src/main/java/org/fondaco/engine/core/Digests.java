package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * Digests of the requests seen lately: forgotten after 120 s of engine time or when 2^20 newer ones
 * came. A ring in order of arrival, with an index by hash.
 */
final class Digests {

  static final int MAX = 1 << 20;
  static final long WINDOW = 120_000_000L;
  private static final int STRIDE = 3;

  private long[] ring;
  private int capacity;
  private int head;
  private int size;

  /** Ring position + 1 by hash, 0 = free. */
  private int[] index;

  private int mask;

  Digests(int initial) {
    capacity = Math.min(MAX, Integer.highestOneBit(Math.max(2, initial) - 1) << 1);
    ring = new long[capacity * STRIDE];
    index = new int[capacity * 4];
    mask = index.length - 1;
  }

  int size() {
    return size;
  }

  /** Ring offset of the i-th remembered digest, oldest first: high, low, time. */
  int at(int i) {
    return (head + i & capacity - 1) * STRIDE;
  }

  long[] array() {
    return ring;
  }

  /** Remembers a digest, or says that it is remembered already. */
  boolean repeated(long high, long low, long time) {
    while (size > 0 && time - ring[head * STRIDE + 2] > WINDOW) {
      dropOldest();
    }
    if (find(high, low) >= 0) {
      return true;
    }
    add(high, low, time);
    return false;
  }

  void add(long high, long low, long time) {
    if (size == MAX) {
      dropOldest();
    }
    if (size == capacity) {
      grow();
    }
    int position = head + size++ & capacity - 1;
    ring[position * STRIDE] = high;
    ring[position * STRIDE + 1] = low;
    ring[position * STRIDE + 2] = time;
    put(position);
  }

  private void put(int position) {
    int i = home(position);
    while (index[i] != 0) {
      i = i + 1 & mask;
    }
    index[i] = position + 1;
  }

  /** Digests are hashes already. */
  private int home(int position) {
    return home(ring[position * STRIDE], ring[position * STRIDE + 1]);
  }

  private int home(long high, long low) {
    return (int) ((high ^ low) * 0x9E3779B97F4A7C15L >>> 32) & mask;
  }

  private int find(long high, long low) {
    int i = home(high, low);
    while (index[i] != 0) {
      int at = (index[i] - 1) * STRIDE;
      if (ring[at] == high && ring[at + 1] == low) {
        return i;
      }
      i = i + 1 & mask;
    }
    return -1;
  }

  private void dropOldest() {
    int hole = find(ring[head * STRIDE], ring[head * STRIDE + 1]);
    int next = hole;
    while (true) {
      next = next + 1 & mask;
      if (index[next] == 0) {
        break;
      }
      int home = home(index[next] - 1);
      if ((next - home & mask) >= (next - hole & mask)) {
        index[hole] = index[next];
        hole = next;
      }
    }
    index[hole] = 0;
    head = head + 1 & capacity - 1;
    size--;
  }

  private void grow() {
    long[] wider = new long[ring.length * 2];
    int first = (capacity - head) * STRIDE;
    System.arraycopy(ring, head * STRIDE, wider, 0, first);
    System.arraycopy(ring, 0, wider, first, head * STRIDE);
    ring = wider;
    capacity *= 2;
    head = 0;
    index = new int[capacity * 4];
    mask = index.length - 1;
    Arrays.fill(index, 0);
    for (int position = 0; position < size; position++) {
      put(position);
    }
  }
}
