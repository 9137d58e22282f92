package org.fondaco.engine.readmodel;

import org.jspecify.annotations.Nullable;

/**
 * What may be forgotten, oldest first: closed orders and fills that the history store has, beyond a
 * recent window. Used by the writer only.
 */
final class Retention {

  private final int closedOrdersMax;
  private final int fillsMax;
  private @Nullable LiveOrder firstClosed;
  private @Nullable LiveOrder lastClosed;
  private int closedOrders;
  private @Nullable LiveFill firstFill;
  private @Nullable LiveFill lastFill;
  private int fills;

  /**
   * @param closedOrdersMax closed orders kept though the history store has them
   * @param fillsMax fills kept though the history store has them
   */
  Retention(int closedOrdersMax, int fillsMax) {
    this.closedOrdersMax = closedOrdersMax;
    this.fillsMax = fillsMax;
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

  /** The oldest closed order if it may go, which it then does; null = none may. */
  @Nullable LiveOrder takeClosed(long watermark) {
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
  @Nullable LiveFill takeFill(long watermark) {
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
