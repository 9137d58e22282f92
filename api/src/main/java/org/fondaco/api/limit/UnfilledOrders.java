package org.fondaco.api.limit;

import java.util.HashSet;
import java.util.Set;
import org.agrona.collections.LongHashSet;
import org.fondaco.api.feed.Group;
import org.fondaco.api.feed.GroupSubscriber;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Hears first fills of orders and takes them off their account's counts
 * [faqs/order_count_decrement.md §How do filled orders affect the unfilled order count?]. An order
 * that fills in the command that places it is left to the request, which answers with the count.
 */
public final class UnfilledOrders implements GroupSubscriber {
  private final OrderCounts counts;
  private final ReadModel readModel;
  // Open orders without a fill that were accepted since the feed began or was last interrupted.
  private final LongHashSet unfilled = new LongHashSet();
  private final Set<Long> placedNow = new HashSet<>();
  private long firstKnownOrder = Long.MAX_VALUE;

  public UnfilledOrders(OrderCounts counts, ReadModel readModel) {
    this.counts = counts;
    this.readModel = readModel;
  }

  @Override
  public void group(Group group) {
    placedNow.clear();
    for (EngineEvent event : group.events()) {
      switch (event) {
        case EngineEvent.OrderAccepted e -> {
          firstKnownOrder = Math.min(firstKnownOrder, e.orderId());
          placedNow.add(e.orderId());
          unfilled.add(e.orderId());
        }
        case EngineEvent.Trade e -> {
          fill(e, e.makerAccount(), e.makerOrderId(), true);
          fill(e, e.takerAccount(), e.takerOrderId(), false);
        }
        case EngineEvent.Canceled e -> unfilled.remove(e.orderId());
        case EngineEvent.Expired e -> unfilled.remove(e.orderId());
        default -> {
          // Nothing else fills an order or ends one without a fill.
        }
      }
    }
  }

  private void fill(EngineEvent.Trade trade, long account, long orderId, boolean maker) {
    boolean first =
        orderId >= firstKnownOrder ? unfilled.remove(orderId) : isFirst(trade, account, orderId);
    if (first && !placedNow.contains(orderId)) {
      counts.filled(account, maker);
    }
  }

  /** An order older than what was heard: its first fill is all that it has. */
  private boolean isFirst(EngineEvent.Trade trade, long account, long orderId) {
    return readModel
        .order(account, trade.symbol(), orderId)
        .map(OrderView::executedQuantity)
        .filter(executed -> executed == trade.quantity())
        .isPresent();
  }

  /** Orders that may have filled meanwhile are looked up from now on. */
  @Override
  public void lost() {
    unfilled.clear();
    firstKnownOrder = Long.MAX_VALUE;
  }
}
