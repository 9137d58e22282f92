package org.fondaco.engine.core;

import java.util.Arrays;

/** Assets; a slot is never freed. */
final class Assets {

  /** Longs of a zero-padded code of twenty characters. */
  static final int CODE_LONGS = 3;

  private final LongMap slots;
  private final int limit;
  private int[] id = new int[16];
  private int[] scale = new int[16];
  private long[] code = new long[16 * CODE_LONGS];
  private int size;

  Assets(int limit) {
    this.limit = limit;
    slots = new LongMap(16);
  }

  int size() {
    return size;
  }

  boolean full() {
    return size >= limit;
  }

  /** The slot, or -1. */
  int find(int asset) {
    return asset > 0 ? slots.find(asset) : -1;
  }

  boolean hasCode(long[] other) {
    for (int i = 0; i < size; i++) {
      int at = i * CODE_LONGS;
      if (Arrays.equals(code, at, at + CODE_LONGS, other, 0, CODE_LONGS)) {
        return true;
      }
    }
    return false;
  }

  int add(int asset, long[] name, int decimals) {
    if (size == id.length) {
      id = Arrays.copyOf(id, size * 2);
      scale = Arrays.copyOf(scale, size * 2);
      code = Arrays.copyOf(code, size * 2 * CODE_LONGS);
    }
    int slot = size++;
    slots.add(asset, slot);
    id[slot] = asset;
    scale[slot] = decimals;
    System.arraycopy(name, 0, code, slot * CODE_LONGS, CODE_LONGS);
    return slot;
  }

  int id(int slot) {
    return id[slot];
  }

  int scale(int slot) {
    return scale[slot];
  }

  long[] codeArray() {
    return code;
  }

  int codeAt(int slot) {
    return slot * CODE_LONGS;
  }
}
