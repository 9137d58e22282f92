package org.fondaco.engine.core;

/**
 * A symbol's FIFO of triggered orders and of lists whose pending legs come to life. A node is an
 * order slot x 2 or a list slot x 2 + 1; what ends meanwhile takes itself out.
 */
final class WorkQueue {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private int head = -1;
  private int tail = -1;

  WorkQueue(Venue venue) {
    this.venue = venue;
    orders = venue.orders;
    lists = venue.lists;
  }

  static int order(int slot) {
    return slot << 1;
  }

  static int list(int slot) {
    return slot << 1 | 1;
  }

  static boolean isList(int node) {
    return (node & 1) != 0;
  }

  boolean isEmpty() {
    return head < 0;
  }

  /** First node, or -1; {@link #next} goes on from it. */
  int head() {
    return head;
  }

  void push(int node) {
    link(node, tail, -1);
    if (tail < 0) {
      head = node;
      venue.addBusyQueues(1);
    } else {
      next(tail, node);
    }
    tail = node;
    if (isList(node)) {
      lists.queued(node >> 1, true);
    } else {
      orders.state(node >> 1, Orders.QUEUED);
    }
  }

  void remove(int node) {
    int prev = prev(node);
    int next = next(node);
    if (prev < 0) {
      head = next;
    } else {
      next(prev, next);
    }
    if (next < 0) {
      tail = prev;
    } else {
      prev(next, prev);
    }
    if (head < 0) {
      venue.addBusyQueues(-1);
    }
    if (isList(node)) {
      lists.queued(node >> 1, false);
    } else {
      orders.state(node >> 1, Orders.ACTIVE);
    }
  }

  int next(int node) {
    return isList(node) ? lists.next(node >> 1) : orders.next(node >> 1);
  }

  private int prev(int node) {
    return isList(node) ? lists.prev(node >> 1) : orders.prev(node >> 1);
  }

  private void next(int node, int value) {
    if (isList(node)) {
      lists.next(node >> 1, value);
    } else {
      orders.next(node >> 1, value);
    }
  }

  private void prev(int node, int value) {
    if (isList(node)) {
      lists.prev(node >> 1, value);
    } else {
      orders.prev(node >> 1, value);
    }
  }

  private void link(int node, int prev, int next) {
    prev(node, prev);
    next(node, next);
  }
}
