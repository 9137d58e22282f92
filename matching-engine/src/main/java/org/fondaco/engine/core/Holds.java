package org.fondaco.engine.core;

import java.util.Arrays;
import org.fondaco.engine.protocol.RejectReason;

/** Open reservations of amounts and of tokens, and a heap of those with a deadline. */
final class Holds {

  private static final int ID = 0;
  private static final int ACCOUNT = 1;
  private static final int ASSET = 2;
  private static final int AMOUNT = 3;
  private static final int DEADLINE = 4;
  private static final int TOKEN = 5;
  private static final int HEAP_INDEX = 6;
  private static final int NEXT_FREE = 7;

  private final int limit;
  private final LongMap slots;
  private long[] fields;
  private int[] heap;
  private int heapSize;
  private int free = -1;
  private int used;
  private int open;

  /** Next hold id; never reused. */
  long nextId = 1;

  Holds(int initial, int limit) {
    this.limit = limit;
    slots = new LongMap(initial);
    fields = new long[initial << 3];
    heap = new int[initial];
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

  /** The slot of an open hold, or -1. */
  int find(long id) {
    return id > 0 ? slots.find(id) : -1;
  }

  /** Why an id finds no open hold: never issued, or gone. */
  RejectReason missing(long id) {
    return id < 1 || id >= nextId ? RejectReason.HOLD_UNKNOWN : RejectReason.HOLD_CLOSED;
  }

  /** Whether a hold's deadline has come. */
  boolean due(int h, long time) {
    return deadline(h) != 0 && deadline(h) <= time;
  }

  /** Opens a hold; asset is a slot, -1 for a token. */
  int open(long id, int account, int asset, long amount, long deadline, long token) {
    int slot = free;
    if (slot >= 0) {
      free = (int) fields[(slot << 3) + NEXT_FREE];
    } else {
      slot = used++;
      if (slot << 3 == fields.length) {
        fields = Arrays.copyOf(fields, fields.length * 2);
        heap = Arrays.copyOf(heap, heap.length * 2);
      }
    }
    int i = slot << 3;
    fields[i + ID] = id;
    fields[i + ACCOUNT] = account;
    fields[i + ASSET] = asset;
    fields[i + AMOUNT] = amount;
    fields[i + DEADLINE] = deadline;
    fields[i + TOKEN] = token;
    fields[i + HEAP_INDEX] = -1;
    slots.add(id, slot);
    open++;
    if (deadline != 0) {
      place(heapSize++, slot);
      up(heapSize - 1);
    }
    return slot;
  }

  void close(int slot) {
    int index = (int) fields[(slot << 3) + HEAP_INDEX];
    if (index >= 0) {
      int moved = heap[--heapSize];
      if (moved != slot) {
        place(index, moved);
        up(index);
        down((int) fields[(moved << 3) + HEAP_INDEX]);
      }
    }
    slots.remove(id(slot));
    fields[(slot << 3) + ID] = 0;
    fields[(slot << 3) + NEXT_FREE] = free;
    free = slot;
    open--;
  }

  /** 0 when the slot is free. */
  long id(int h) {
    return fields[(h << 3) + ID];
  }

  /** Account slot. */
  int account(int h) {
    return (int) fields[(h << 3) + ACCOUNT];
  }

  /** Asset slot, -1 for a token. */
  int asset(int h) {
    return (int) fields[(h << 3) + ASSET];
  }

  long amount(int h) {
    return fields[(h << 3) + AMOUNT];
  }

  long deadline(int h) {
    return fields[(h << 3) + DEADLINE];
  }

  long token(int h) {
    return fields[(h << 3) + TOKEN];
  }

  /** The hold that is due first, by (deadline, id), or -1. */
  int earliest() {
    return heapSize == 0 ? -1 : heap[0];
  }

  private void place(int index, int slot) {
    heap[index] = slot;
    fields[(slot << 3) + HEAP_INDEX] = index;
  }

  private boolean before(int a, int b) {
    return deadline(a) != deadline(b) ? deadline(a) < deadline(b) : id(a) < id(b);
  }

  private void up(int from) {
    int index = from;
    int slot = heap[index];
    while (index > 0 && before(slot, heap[index - 1 >> 1])) {
      place(index, heap[index - 1 >> 1]);
      index = index - 1 >> 1;
    }
    place(index, slot);
  }

  private void down(int from) {
    int index = from;
    int slot = heap[index];
    while (2 * index + 1 < heapSize) {
      int child = 2 * index + 1;
      if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], slot)) {
        break;
      }
      place(index, heap[child]);
      index = child;
    }
    place(index, slot);
  }
}
