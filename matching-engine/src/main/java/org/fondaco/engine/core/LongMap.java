package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * Positive long keys to non-negative int values: open addressing, linear probing, deletion by
 * backward shift. Key and value lie side by side, so a hit costs one cache line. Doubles when half
 * full.
 */
final class LongMap {

  private static final int ABSENT = -1;

  private long[] table;
  private int mask;
  private int size;

  LongMap(int expected) {
    allocate(Integer.highestOneBit(Math.max(8, expected)) << 2);
  }

  private void allocate(int slots) {
    table = new long[slots << 1];
    mask = slots - 1;
    size = 0;
  }

  int size() {
    return size;
  }

  /** The value, or -1. */
  int find(long key) {
    int i = home(key);
    while (true) {
      long found = table[i << 1];
      if (found == key) {
        return (int) table[(i << 1) + 1];
      }
      if (found == 0) {
        return ABSENT;
      }
      i = (i + 1) & mask;
    }
  }

  /** Adds a key that must not be present. */
  void add(long key, int value) {
    if (size >= (mask + 1) >> 1) {
      grow();
    }
    int i = home(key);
    while (table[i << 1] != 0) {
      i = (i + 1) & mask;
    }
    table[i << 1] = key;
    table[(i << 1) + 1] = value;
    size++;
  }

  /** Removes a key; an absent key does nothing. */
  void remove(long key) {
    int hole = home(key);
    while (table[hole << 1] != key) {
      if (table[hole << 1] == 0) {
        return;
      }
      hole = (hole + 1) & mask;
    }
    int next = hole;
    while (true) {
      next = (next + 1) & mask;
      long candidate = table[next << 1];
      if (candidate == 0) {
        break;
      }
      int home = home(candidate);
      // The candidate may fill the hole only if its home is not between hole and itself.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        table[hole << 1] = candidate;
        table[(hole << 1) + 1] = table[(next << 1) + 1];
        hole = next;
      }
    }
    table[hole << 1] = 0;
    size--;
  }

  /** Four consecutive keys share a cache line, since order ids come one after the other. */
  private int home(long key) {
    int line = (int) ((key >>> 2) * 0x9E3779B97F4A7C15L >>> 32);
    return (line << 2 | (int) key & 3) & mask;
  }

  private void grow() {
    long[] old = table;
    allocate((mask + 1) << 1);
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        add(old[i], (int) old[i + 1]);
      }
    }
  }

  /** Forgets everything, keeping the room. */
  void clear() {
    Arrays.fill(table, 0);
    size = 0;
  }
}
