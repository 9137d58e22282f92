package org.fondaco.engine.readmodel;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What may be forgotten, oldest first: closed orders, fills, prevented matches and amendments that
 * the history store has, beyond a recent window. Used by the writer only.
 */
final class Retention {

  /**
   * Bounds the pause when the watermark jumps; two suffice to keep pace, as one trade closes two.
   */
  private static final int FORGOTTEN_PER_GROUP_MAX = 64;

  private final int closedOrdersMax;
  private final int fillsMax;
  private @Nullable LiveOrder firstClosed;
  private @Nullable LiveOrder lastClosed;
  private int closedOrders;
  private @Nullable LiveFill firstFill;
  private @Nullable LiveFill lastFill;
  private int fills;
  private final int remarksMax;
  private final ArrayDeque<Remark> remarks = new ArrayDeque<>();

  /** An account's next prevented match or amendment to be forgotten. */
  record Remark(long account, boolean prevented, long sequence) {}

  /**
   * @param closedOrdersMax closed orders kept though the history store has them
   * @param fillsMax fills kept though the history store has them
   * @param remarksMax prevented matches and amendments kept though the history store has them
   */
  Retention(int closedOrdersMax, int fillsMax, int remarksMax) {
    this.closedOrdersMax = closedOrdersMax;
    this.fillsMax = fillsMax;
    this.remarksMax = remarksMax;
  }

  void closed(LiveOrder order) {
    LiveOrder last = lastClosed;
    if (last == null) {
      firstClosed = order;
    } else {
      last.nextClosed = order;
    }
    lastClosed = order;
    closedOrders++;
  }

  void filled(LiveFill fill) {
    LiveFill last = lastFill;
    if (last == null) {
      firstFill = fill;
    } else {
      last.nextOfVenue = fill;
    }
    lastFill = fill;
    fills++;
  }

  void remarked(Remark remark) {
    remarks.add(remark);
  }

  /** Forgets some of what the history store has and the window does not cover. */
  void forget(GroupLocks locks, long watermark) {
    for (int i = 0; i < FORGOTTEN_PER_GROUP_MAX; i++) {
      LiveOrder order = takeClosed(watermark);
      LiveFill fill = takeFill(watermark);
      Remark remark = takeRemark(watermark);
      if (order != null) {
        locks.shard(order.account).forget(order);
      }
      if (fill != null) {
        locks.shard(fill.account).account(fill.account).removeFirstFill(fill);
      }
      if (remark != null) {
        locks.shard(remark.account()).account(remark.account()).remarks().forget(remark);
      }
      if (order == null && fill == null && remark == null) {
        return;
      }
    }
  }

  /** The oldest remark if it may go, which it then does; null = none may. */
  private @Nullable Remark takeRemark(long watermark) {
    Remark first = remarks.peek();
    if (first == null || remarks.size() <= remarksMax || first.sequence() > watermark) {
      return null;
    }
    return remarks.poll();
  }

  /** The oldest closed order if it may go, which it then does; null = none may. */
  private @Nullable LiveOrder takeClosed(long watermark) {
    LiveOrder first = firstClosed;
    if (first == null || closedOrders <= closedOrdersMax || first.closedSequence > watermark) {
      return null;
    }
    firstClosed = first.nextClosed;
    first.nextClosed = null;
    if (firstClosed == null) {
      lastClosed = null;
    }
    closedOrders--;
    return first;
  }

  /** The oldest fill if it may go, which it then does; null = none may. */
  private @Nullable LiveFill takeFill(long watermark) {
    LiveFill first = firstFill;
    if (first == null || fills <= fillsMax || first.sequence > watermark) {
      return null;
    }
    firstFill = first.nextOfVenue;
    first.nextOfVenue = null;
    if (firstFill == null) {
      lastFill = null;
    }
    fills--;
    return first;
  }
}
