package org.fondaco.engine.core;

import java.util.Arrays;

/** Accounts and their options. A slot is never freed. */
final class Accounts {

  private static final int ID = 0;
  private static final int GROUP = 1;
  private static final int FLAGS = 2;
  private static final int WINDOW = 3;

  private static final long ENABLED = 1L << 8;
  private static final long KILLED = 1L << 9;
  private static final long FROZEN = 1L << 10;

  /** System accounts that came after the first journals: full() must come where it came then. */
  private static final int LATER_SYSTEM_ACCOUNTS = 1;

  private final int limit;
  private final LongMap slots;
  private long[] fields;
  private int[] firstPosition;
  private int size;

  Accounts(int initial, int limit) {
    this.limit = limit;
    slots = new LongMap(initial);
    fields = new long[initial << 2];
    firstPosition = new int[initial];
    for (long account = SystemAccounts.CUSTODY; SystemAccounts.isSystem(account); account++) {
      add(account);
    }
  }

  int size() {
    return size;
  }

  boolean full() {
    return size - LATER_SYSTEM_ACCOUNTS >= limit;
  }

  /** The slot, or -1. */
  int find(long account) {
    return account > 0 ? slots.find(account) : -1;
  }

  int add(long account) {
    if (size == firstPosition.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
      firstPosition = Arrays.copyOf(firstPosition, firstPosition.length * 2);
    }
    int slot = size++;
    slots.add(account, slot);
    fields[(slot << 2) + ID] = account;
    fields[(slot << 2) + GROUP] = -1;
    firstPosition[slot] = -1;
    return slot;
  }

  void options(int slot, boolean enabled, int tier, long group, int window) {
    int i = slot << 2;
    fields[i + GROUP] = group;
    fields[i + WINDOW] = window;
    fields[i + FLAGS] = fields[i + FLAGS] & (KILLED | FROZEN) | tier | (enabled ? ENABLED : 0);
  }

  long id(int slot) {
    return fields[(slot << 2) + ID];
  }

  /** Trade group, -1 = none. */
  long group(int slot) {
    return fields[(slot << 2) + GROUP];
  }

  int tier(int slot) {
    return (int) fields[(slot << 2) + FLAGS] & 15;
  }

  boolean enabled(int slot) {
    return (fields[(slot << 2) + FLAGS] & ENABLED) != 0;
  }

  boolean killed(int slot) {
    return (fields[(slot << 2) + FLAGS] & KILLED) != 0;
  }

  void killed(int slot, boolean value) {
    int i = (slot << 2) + FLAGS;
    fields[i] = value ? fields[i] | KILLED : fields[i] & ~KILLED;
  }

  /** Freeze flag: independent of the kill flag. */
  boolean frozen(int slot) {
    return (fields[(slot << 2) + FLAGS] & FROZEN) != 0;
  }

  void frozen(int slot, boolean value) {
    int i = (slot << 2) + FLAGS;
    fields[i] = value ? fields[i] | FROZEN : fields[i] & ~FROZEN;
  }

  /** Killed or frozen: open orders expire and none can be placed. */
  boolean stopped(int slot) {
    return (fields[(slot << 2) + FLAGS] & (KILLED | FROZEN)) != 0;
  }

  int window(int slot) {
    return (int) fields[(slot << 2) + WINDOW];
  }

  int firstPosition(int slot) {
    return firstPosition[slot];
  }

  void firstPosition(int slot, int position) {
    firstPosition[slot] = position;
  }
}
