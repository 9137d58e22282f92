package org.fondaco.engine.core;

import java.util.Arrays;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.ListType;

/** The slab of open order lists: legs, the common hold of an OCO pair, and their client ids. */
final class Lists implements ClientIds.Slab {

  static final int LEGS_MAX = 3;
  static final int OCO = ListType.OCO.ordinal();
  static final int OTO = ListType.OTO.ordinal();
  static final int OTOCO = ListType.OTOCO.ordinal();

  private static final int LONGS = 12;
  private static final int ID = 0;
  private static final int ACCOUNT = 1;
  private static final int HELD = 2;
  private static final int ACCEPTED_TIME = 3;
  private static final int LEG_ID = 4;
  private static final int CLIENT_ID = 7;

  private static final int LEG = 0;
  private static final int TYPE = 3;
  private static final int MARKET = 4;
  private static final int POSITION = 5;
  private static final int QUEUED = 7;
  private static final int PREV = 8;
  private static final int NEXT = 9;

  private final int limit;
  private long[] longs;
  private int[] ints;
  private int free = -1;
  private int used;
  private int open;

  Lists(int initial, int limit) {
    this.limit = limit;
    longs = new long[initial * LONGS];
    ints = new int[initial << 4];
  }

  int used() {
    return used;
  }

  boolean full() {
    return open >= limit;
  }

  int allocate() {
    int slot = free;
    if (slot >= 0) {
      free = ints[slot << 4];
    } else {
      slot = used++;
      if (slot << 4 == ints.length) {
        longs = Arrays.copyOf(longs, longs.length * 2);
        ints = Arrays.copyOf(ints, ints.length * 2);
      }
    }
    open++;
    Arrays.fill(longs, slot * LONGS, (slot + 1) * LONGS, 0);
    Arrays.fill(ints, slot << 4, slot + 1 << 4, 0);
    for (int leg = 0; leg < LEGS_MAX; leg++) {
      ints[(slot << 4) + LEG + leg] = -1;
    }
    return slot;
  }

  void release(int slot) {
    longs[slot * LONGS] = 0;
    ints[slot << 4] = free;
    free = slot;
    open--;
  }

  void describe(int l, long id, long account, int type, int market, int position, long time) {
    longs[l * LONGS + ID] = id;
    longs[l * LONGS + ACCOUNT] = account;
    longs[l * LONGS + ACCEPTED_TIME] = time;
    ints[(l << 4) + TYPE] = type;
    ints[(l << 4) + MARKET] = market;
    ints[(l << 4) + POSITION] = position;
  }

  /** 0 when the slot is free. */
  long id(int l) {
    return longs[l * LONGS + ID];
  }

  long account(int l) {
    return longs[l * LONGS + ACCOUNT];
  }

  /** The hold of an OCO pair while both legs are open and untouched, in ledger units. */
  long held(int l) {
    return longs[l * LONGS + HELD];
  }

  void held(int l, long value) {
    longs[l * LONGS + HELD] = value;
  }

  long acceptedTime(int l) {
    return longs[l * LONGS + ACCEPTED_TIME];
  }

  /** Order id of a leg, open or not; 0 = no such leg. */
  long legId(int l, int leg) {
    return longs[l * LONGS + LEG_ID + leg];
  }

  void legId(int l, int leg, long orderId) {
    longs[l * LONGS + LEG_ID + leg] = orderId;
  }

  /** Slot of a leg that is open, or -1. */
  int leg(int l, int leg) {
    return ints[(l << 4) + LEG + leg];
  }

  void leg(int l, int leg, int order) {
    ints[(l << 4) + LEG + leg] = order;
  }

  boolean done(int l) {
    return leg(l, 0) < 0 && leg(l, 1) < 0 && leg(l, 2) < 0;
  }

  int type(int l) {
    return ints[(l << 4) + TYPE];
  }

  ContingencyType contingency(int l) {
    return type(l) == OCO ? ContingencyType.OCO : ContingencyType.OTO;
  }

  int market(int l) {
    return ints[(l << 4) + MARKET];
  }

  @Override
  public int position(int l) {
    return ints[(l << 4) + POSITION];
  }

  boolean queued(int l) {
    return ints[(l << 4) + QUEUED] != 0;
  }

  void queued(int l, boolean value) {
    ints[(l << 4) + QUEUED] = value ? 1 : 0;
  }

  int prev(int l) {
    return ints[(l << 4) + PREV];
  }

  void prev(int l, int node) {
    ints[(l << 4) + PREV] = node;
  }

  int next(int l) {
    return ints[(l << 4) + NEXT];
  }

  void next(int l, int node) {
    ints[(l << 4) + NEXT] = node;
  }

  /** The other leg of the OCO pair that this leg belongs to, or -1 (none, or not open). */
  int sibling(int l, int leg) {
    if (type(l) == OCO) {
      return leg(l, 1 - leg);
    }
    return type(l) == OTOCO && leg > 0 ? leg(l, 3 - leg) : -1;
  }

  @Override
  public long[] clientIdArray() {
    return longs;
  }

  @Override
  public int clientIdAt(int l) {
    return l * LONGS + CLIENT_ID;
  }
}
