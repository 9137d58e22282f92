package org.fondaco.engine.core;

import java.util.Arrays;

/** Who owns which token, and which hold is on it. */
final class Tokens {

  private final int limit;
  private final LongMap slots;
  private long[] id;
  private int[] owner;
  private long[] hold;
  private int free = -1;
  private int used;
  private int open;

  Tokens(int initial, int limit) {
    this.limit = limit;
    slots = new LongMap(initial);
    id = new long[initial];
    owner = new int[initial];
    hold = new long[initial];
  }

  /** Slots by id. */
  LongMap slots() {
    return slots;
  }

  int used() {
    return used;
  }

  boolean full() {
    return open >= limit;
  }

  /** The slot, or -1. */
  int find(long token) {
    return token > 0 ? slots.find(token) : -1;
  }

  int create(long token, int account) {
    int slot = free;
    if (slot >= 0) {
      free = owner[slot];
    } else {
      slot = used++;
      if (slot == id.length) {
        id = Arrays.copyOf(id, slot * 2);
        owner = Arrays.copyOf(owner, slot * 2);
        hold = Arrays.copyOf(hold, slot * 2);
      }
    }
    slots.add(token, slot);
    id[slot] = token;
    owner[slot] = account;
    hold[slot] = 0;
    open++;
    return slot;
  }

  void destroy(int slot) {
    slots.remove(id[slot]);
    id[slot] = 0;
    owner[slot] = free;
    free = slot;
    open--;
  }

  /** 0 when the slot is free. */
  long id(int slot) {
    return id[slot];
  }

  /** Account slot. */
  int owner(int slot) {
    return owner[slot];
  }

  void owner(int slot, int account) {
    owner[slot] = account;
  }

  /** Hold id, 0 = none. */
  long hold(int slot) {
    return hold[slot];
  }

  void hold(int slot, long holdId) {
    hold[slot] = holdId;
  }
}
