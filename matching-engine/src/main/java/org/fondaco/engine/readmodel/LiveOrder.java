package org.fondaco.engine.readmodel;

import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.sbe.OrderSpecDecoder;
import org.jspecify.annotations.Nullable;

/** An order of the live model with the links that hold it in its account's lists. */
final class LiveOrder extends FoldedOrder {

  /** Neighbours among the account's open orders, ascending by orderId. */
  @Nullable LiveOrder previousOpen;

  @Nullable LiveOrder nextOpen;

  /** Neighbours among all the account's orders here, ascending by orderId. */
  @Nullable LiveOrder previousHere;

  @Nullable LiveOrder nextHere;

  /** Neighbours in the bucket of {@link ClientIdTable}. */
  @Nullable LiveOrder previousInBucket;

  @Nullable LiveOrder nextInBucket;

  /** Next closed order of the venue, in the order of closing. */
  @Nullable LiveOrder nextClosed;

  /** In the account's open list; false from the event that ended it. */
  boolean listedOpen;

  /** Sequence of the group that closed it. */
  long closedSequence;

  LiveOrder(
      long account,
      int symbol,
      long orderId,
      long orderListId,
      OrderStatus status,
      boolean working,
      OrderSpecDecoder spec,
      String clientOrderId,
      long time) {
    super(account, symbol, orderId, orderListId, status, working, spec, clientOrderId, time);
  }
}
