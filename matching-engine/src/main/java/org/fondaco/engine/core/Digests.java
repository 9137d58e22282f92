package org.fondaco.engine.core;

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

  /**
   * Hash and ring position + 1 side by side, 0 = free. The ring is far larger than any cache, so it
   * is read only when a hash agrees.
   */
  private long[] index;

  private int mask;

  Digests(int initial) {
    capacity = Math.min(MAX, Integer.highestOneBit(Math.max(2, initial) - 1) << 1);
    ring = new long[capacity * STRIDE];
    index = new long[capacity * 2];
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
    int hash = hash(ring[position * STRIDE], ring[position * STRIDE + 1]);
    int i = hash & mask;
    while (index[i] != 0) {
      i = i + 1 & mask;
    }
    index[i] = entry(hash, position);
  }

  private static long entry(int hash, int position) {
    return (long) hash << 32 | position + 1;
  }

  /** Digests are hashes already, but those of tests need not be. */
  private static int hash(long high, long low) {
    return (int) ((high ^ low) * 0x9E3779B97F4A7C15L >>> 32);
  }

  private int find(long high, long low) {
    int hash = hash(high, low);
    int i = hash & mask;
    for (long entry = index[i]; entry != 0; entry = index[i]) {
      if ((int) (entry >>> 32) == hash) {
        int at = ((int) entry - 1) * STRIDE;
        if (ring[at] == high && ring[at + 1] == low) {
          return i;
        }
      }
      i = i + 1 & mask;
    }
    return -1;
  }

  private void dropOldest() {
    int hash = hash(ring[head * STRIDE], ring[head * STRIDE + 1]);
    long oldest = entry(hash, head);
    int hole = hash & mask;
    while (index[hole] != oldest) {
      hole = hole + 1 & mask;
    }
    int next = hole;
    while (true) {
      next = next + 1 & mask;
      long candidate = index[next];
      if (candidate == 0) {
        break;
      }
      int home = (int) (candidate >>> 32) & mask;
      if ((next - home & mask) >= (next - hole & mask)) {
        index[hole] = candidate;
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
    index = new long[capacity * 2];
    mask = index.length - 1;
    for (int position = 0; position < size; position++) {
      put(position);
    }
  }
}
