package org.fondaco.engine.readmodel;

import org.jspecify.annotations.Nullable;

/**
 * Orders of a shard by (account, symbol, client id). An id may belong to many closed orders and at
 * most one open one. Within a bucket the order that took the id last comes first; it is the open
 * one if there is any, as nobody can take an id that an open order has. Links are in the orders, so
 * nothing is allocated but the table itself, and a client who uses one id for ever costs no more.
 */
final class ClientIdTable {

  private @Nullable LiveOrder[] buckets = new LiveOrder[16];
  private int size;

  void add(LiveOrder order) {
    if (size == buckets.length) {
      grow();
    }
    size++;
    int bucket = bucket(order, buckets.length);
    LiveOrder head = buckets[bucket];
    order.nextInBucket = head;
    if (head != null) {
      head.previousInBucket = order;
    }
    buckets[bucket] = order;
  }

  /** Must be called before the order's client id changes. */
  void remove(LiveOrder order) {
    LiveOrder before = order.previousInBucket;
    LiveOrder after = order.nextInBucket;
    if (before == null) {
      buckets[bucket(order, buckets.length)] = after;
    } else {
      before.nextInBucket = after;
    }
    if (after != null) {
      after.previousInBucket = before;
    }
    order.previousInBucket = null;
    order.nextInBucket = null;
    size--;
  }

  /** The open order with this id, else the one that took it last; null = none here. */
  @Nullable LiveOrder find(long account, int symbol, String clientOrderId) {
    LiveOrder order = buckets[hash(account, symbol, clientOrderId) & (buckets.length - 1)];
    while (order != null
        && !(order.account == account
            && order.symbol == symbol
            && order.clientOrderId().equals(clientOrderId))) {
      order = order.nextInBucket;
    }
    return order;
  }

  /** Keeps the order within buckets: each old bucket is split by appending to two tails. */
  private void grow() {
    @Nullable LiveOrder[] old = buckets;
    @Nullable LiveOrder[] bigger = new LiveOrder[old.length * 2];
    @Nullable LiveOrder[] tails = new LiveOrder[old.length * 2];
    for (LiveOrder head : old) {
      LiveOrder order = head;
      while (order != null) {
        LiveOrder next = order.nextInBucket;
        order.nextInBucket = null;
        int bucket = bucket(order, bigger.length);
        LiveOrder tail = tails[bucket];
        order.previousInBucket = tail;
        if (tail == null) {
          bigger[bucket] = order;
        } else {
          tail.nextInBucket = order;
        }
        tails[bucket] = order;
        order = next;
      }
    }
    buckets = bigger;
  }

  private static int bucket(LiveOrder order, int length) {
    return hash(order.account, order.symbol, order.clientOrderId()) & (length - 1);
  }

  private static int hash(long account, int symbol, String clientOrderId) {
    long mixed = (account * 31 + symbol) * 0x9E3779B97F4A7C15L + clientOrderId.hashCode();
    mixed *= 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
