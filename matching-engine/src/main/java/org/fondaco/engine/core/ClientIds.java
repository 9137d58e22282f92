package org.fondaco.engine.core;

/**
 * Open orders, or open lists, by (position, client id): open addressing, backward-shift delete. The
 * ids themselves stay in their slab; the table holds slot + 1 and hash side by side.
 */
final class ClientIds {

  /** The slab that the slots of an index belong to. */
  interface Slab {
    int position(int slot);

    /** Array that holds the five longs of a slot's client id from {@link #clientIdAt}. */
    long[] clientIdArray();

    int clientIdAt(int slot);
  }

  private final Slab slab;
  private long[] table;
  private int mask;
  private int size;

  ClientIds(int expected, Slab slab) {
    this.slab = slab;
    int slots = Integer.highestOneBit(Math.max(8, expected)) << 2;
    table = new long[slots];
    mask = slots - 1;
  }

  /** The open slot with this id, or -1; the empty id finds nothing. */
  int find(int position, long[] id, int at) {
    if (id[at] == 0) {
      return -1;
    }
    int hash = hash(position, id, at);
    int i = hash & mask;
    while (table[i] != 0) {
      int slot = (int) table[i] - 1;
      if ((int) (table[i] >>> 32) == hash
          && slab.position(slot) == position
          && same(slab.clientIdArray(), slab.clientIdAt(slot), id, at)) {
        return slot;
      }
      i = (i + 1) & mask;
    }
    return -1;
  }

  /** Adds a slot whose position and client id are set; the empty id is not kept. */
  void add(int slot) {
    if (slab.clientIdArray()[slab.clientIdAt(slot)] == 0) {
      return;
    }
    if (size >= (mask + 1) >> 1) {
      grow();
    }
    put((long) hashOf(slot) << 32 | slot + 1);
    size++;
  }

  private void put(long entry) {
    int i = (int) (entry >>> 32) & mask;
    while (table[i] != 0) {
      i = (i + 1) & mask;
    }
    table[i] = entry;
  }

  /** Removes a slot whose client id has not changed since it was added. */
  void remove(int slot) {
    if (slab.clientIdArray()[slab.clientIdAt(slot)] == 0) {
      return;
    }
    long entry = (long) hashOf(slot) << 32 | slot + 1;
    int hole = (int) (entry >>> 32) & mask;
    while (table[hole] != entry) {
      hole = (hole + 1) & mask;
    }
    int next = hole;
    while (true) {
      next = (next + 1) & mask;
      long candidate = table[next];
      if (candidate == 0) {
        break;
      }
      int home = (int) (candidate >>> 32) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        table[hole] = candidate;
        hole = next;
      }
    }
    table[hole] = 0;
    size--;
  }

  private int hashOf(int slot) {
    return hash(slab.position(slot), slab.clientIdArray(), slab.clientIdAt(slot));
  }

  private static int hash(int position, long[] id, int at) {
    long h = position * 0x9E3779B97F4A7C15L;
    h = (h ^ id[at]) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 29 ^ id[at + 1]) * 0x94D049BB133111EBL;
    h = (h ^ h >>> 29 ^ id[at + 2]) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 29 ^ id[at + 3] ^ id[at + 4] << 32) * 0x94D049BB133111EBL;
    return (int) (h >>> 32);
  }

  static boolean same(long[] a, int i, long[] b, int j) {
    return a[i] == b[j]
        && a[i + 1] == b[j + 1]
        && a[i + 2] == b[j + 2]
        && a[i + 3] == b[j + 3]
        && a[i + 4] == b[j + 4];
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    mask = table.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        put(entry);
      }
    }
  }
}
