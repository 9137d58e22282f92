package org.fondaco.engine.core;

import java.util.Arrays;

/**
 * Balances and who touched them. Every write goes through {@link #add}, so that a command can tell
 * which balances it changed and that what it moved sums to zero.
 */
final class Ledger {

  /** Greatest amount of an asset that may ever be issued, and greatest notional: 2^62. */
  static final long LIMIT = 1L << 62;

  private static final int TOTAL = 0;
  private static final int HELD = 1;
  private static final int STAMP = 2;
  private static final int BEFORE = 3;
  private static final int ACCOUNT = 4;
  private static final int ASSET = 5;

  private final Accounts accounts;
  private final Assets assets;
  private final LongMap slots;
  private long[] fields;
  private int size;
  private int[] touched = new int[1_024];
  private int touchedSize;
  private long stamp;
  private long[] sums = new long[16];

  /** Held by asset slot, over all accounts. */
  private long[] heldSums = new long[16];

  Ledger(int initial, Accounts accounts, Assets assets) {
    this.accounts = accounts;
    this.assets = assets;
    slots = new LongMap(initial);
    fields = new long[initial << 3];
  }

  int size() {
    return size;
  }

  /** Starts a command. */
  void begin(long sequence) {
    stamp = sequence;
    touchedSize = 0;
  }

  /** The balance of an account in an asset, made if it does not exist. */
  int balance(int account, int asset) {
    long key = (long) account << 32 | asset + 1;
    int slot = slots.find(key);
    return slot >= 0 ? slot : create(key, account, asset);
  }

  /** The balance, or -1. */
  int find(int account, int asset) {
    return slots.find((long) account << 32 | asset + 1);
  }

  private int create(long key, int account, int asset) {
    if (size << 3 == fields.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
    }
    if (asset >= sums.length) {
      sums = Arrays.copyOf(sums, Math.max(asset + 1, sums.length * 2));
      heldSums = Arrays.copyOf(heldSums, sums.length);
    }
    int slot = size++;
    slots.add(key, slot);
    fields[(slot << 3) + ACCOUNT] = account;
    fields[(slot << 3) + ASSET] = asset;
    return slot;
  }

  long total(int balance) {
    return fields[(balance << 3) + TOTAL];
  }

  long held(int balance) {
    return fields[(balance << 3) + HELD];
  }

  long available(int balance) {
    int i = balance << 3;
    return fields[i + TOTAL] - fields[i + HELD];
  }

  int account(int balance) {
    return (int) fields[(balance << 3) + ACCOUNT];
  }

  int asset(int balance) {
    return (int) fields[(balance << 3) + ASSET];
  }

  /** Writes one step's net change; no change touches nothing. */
  void add(int balance, long total, long held) {
    if ((total | held) == 0) {
      return;
    }
    int i = balance << 3;
    if (fields[i + STAMP] != stamp) {
      touch(balance);
    }
    fields[i + TOTAL] += total;
    fields[i + HELD] += held;
    heldSums[(int) fields[i + ASSET]] += held;
  }

  private void touch(int balance) {
    int i = balance << 3;
    fields[i + STAMP] = stamp;
    fields[i + BEFORE] = fields[i + TOTAL];
    if (touchedSize == touched.length) {
      touched = Arrays.copyOf(touched, touchedSize * 2);
    }
    touched[touchedSize++] = balance;
  }

  /** As {@link #add} for work that may still be undone: touches nothing yet. */
  void tentative(int balance, long total, long held) {
    fields[(balance << 3) + TOTAL] += total;
    fields[(balance << 3) + HELD] += held;
    heldSums[asset(balance)] += held;
  }

  /** Held of an asset over all accounts, in ledger units. */
  long heldSum(int asset) {
    return asset < heldSums.length ? heldSums[asset] : 0;
  }

  /** What customers and funds hold against the system accounts' debt, in ledger units. */
  long issued(int asset) {
    long issued = 0;
    // System accounts have the first slots, in the order of their ids.
    for (int account = 0; account < SystemAccounts.HOUSE; account++) {
      int balance = find(account, asset);
      if (balance >= 0 && total(balance) < 0) {
        issued -= total(balance);
      }
    }
    return issued;
  }

  /**
   * Reports the balances touched, in order of first touch.
   *
   * @throws IllegalStateException when what a command moved does not sum to zero per asset
   */
  void finish(EventWriter events) {
    for (int t = 0; t < touchedSize; t++) {
      int i = touched[t] << 3;
      int asset = (int) fields[i + ASSET];
      sums[asset] += fields[i + TOTAL] - fields[i + BEFORE];
      events.balanceChanged(
          accounts.id((int) fields[i + ACCOUNT]),
          assets.id(asset),
          fields[i + TOTAL],
          fields[i + HELD]);
    }
    for (int t = 0; t < touchedSize; t++) {
      if (sums[(int) fields[(touched[t] << 3) + ASSET]] != 0) {
        throw new IllegalStateException("balances of command " + stamp + " do not sum to zero");
      }
    }
  }
}
