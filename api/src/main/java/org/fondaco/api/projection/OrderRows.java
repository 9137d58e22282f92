package org.fondaco.api.projection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.collections.LongHashSet;
import org.fondaco.engine.readmodel.FoldedOrder;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;

/**
 * Orders and lists since the last commit, each once, in its latest form. Those that were born since
 * then are only added; the others are merged into their rows.
 */
final class OrderRows {
  private final Map<Long, FoldedOrder> orders = new LinkedHashMap<>();
  private final Map<Long, ListRow> lists = new LinkedHashMap<>();
  private final LongHashSet born = new LongHashSet();
  private final LongHashSet bornLists = new LongHashSet();
  final CopyRows newOrders = new CopyRows(Staged.ORDERS.columns());
  final CopyRows changedOrders = new CopyRows(Staged.ORDERS.columns());
  final CopyRows newLists = new CopyRows(Staged.ORDER_LISTS.columns());
  final CopyRows changedLists = new CopyRows(Staged.ORDER_LISTS.columns());

  private record ListRow(ListView list, long updateTime) {}

  void born(long orderId) {
    born.add(orderId);
  }

  void order(long orderId, FoldedOrder order) {
    orders.put(orderId, order);
  }

  void bornList(long orderListId) {
    bornLists.add(orderListId);
  }

  void list(ListView list, long updateTime) {
    lists.put(list.orderListId(), new ListRow(list, updateTime));
  }

  int rows() {
    return orders.size() + lists.size();
  }

  void clear() {
    orders.clear();
    lists.clear();
    born.clear();
    bornLists.clear();
    clearRows();
  }

  private void clearRows() {
    newOrders.clear();
    changedOrders.clear();
    newLists.clear();
    changedLists.clear();
  }

  /** Makes the rows from what there is now, anew on every attempt. */
  void encode() {
    clearRows();
    for (FoldedOrder order : orders.values()) {
      OrderView view = order.view();
      encode(view, born.contains(view.orderId()) ? newOrders : changedOrders);
    }
    for (ListRow row : lists.values()) {
      encode(row, bornLists.contains(row.list().orderListId()) ? newLists : changedLists);
    }
  }

  private static void encode(OrderView order, CopyRows rows) {
    var spec = order.spec();
    rows.bigint(order.orderId())
        .bigint(order.account())
        .integer(order.symbol())
        .bigint(order.orderListId())
        .text(spec.clientOrderId())
        .name(spec.side())
        .name(spec.type())
        .name(spec.timeInForce())
        .name(spec.selfTradePreventionMode())
        .integer(spec.trailingDelta())
        .bigint(spec.price())
        .bigint(spec.stopPrice())
        .bigint(spec.quantity())
        .bigint(spec.quoteOrderQuantity())
        .bigint(spec.icebergQuantity())
        .bigintUnless(Long.MIN_VALUE, spec.strategyId())
        .integerUnless(0, spec.strategyType())
        .name(order.status())
        .flag(order.working())
        .bigint(order.executedQuantity())
        .bigint(order.executedQuote())
        .bigint(order.preventedQuantity())
        .bigint(order.preventedMatchId())
        .name(order.expiryReason())
        .bigint(order.acceptedTime())
        .bigint(order.updateTime())
        .bigint(order.workingTime())
        .bigint(order.trailingTime())
        .end();
  }

  private static void encode(ListRow row, CopyRows rows) {
    ListView list = row.list();
    rows.bigint(list.orderListId())
        .bigint(list.account())
        .integer(list.symbol())
        .name(list.contingencyType())
        .name(list.listStatusType())
        .name(list.listOrderStatus())
        .text(list.listClientOrderId())
        .bigint(list.orders().get(0))
        .bigint(list.orders().get(1))
        .bigint(list.orders().size() > 2 ? list.orders().get(2) : 0)
        .bigint(list.acceptedTime())
        .bigint(row.updateTime())
        .end();
  }
}
