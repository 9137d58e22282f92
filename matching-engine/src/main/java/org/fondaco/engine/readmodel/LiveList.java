package org.fondaco.engine.readmodel;

import java.util.List;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;

/** An order list of the live model; guarded by its account's shard lock. */
final class LiveList {

  final long account;
  final long orderListId;
  final String listClientOrderId;
  private final int symbol;
  private final ContingencyType contingencyType;
  private final long acceptedTime;
  final List<Long> orders;
  private ListStatusType statusType = ListStatusType.EXEC_STARTED;
  private ListOrderStatus orderStatus = ListOrderStatus.EXECUTING;

  LiveList(
      long account,
      int symbol,
      long orderListId,
      ContingencyType contingencyType,
      String listClientOrderId,
      List<Long> orders,
      long acceptedTime) {
    this.account = account;
    this.symbol = symbol;
    this.orderListId = orderListId;
    this.contingencyType = contingencyType;
    this.listClientOrderId = listClientOrderId;
    this.orders = orders;
    this.acceptedTime = acceptedTime;
  }

  static List<Long> legs(long order1, long order2, long order3) {
    return order3 == 0 ? List.of(order1, order2) : List.of(order1, order2, order3);
  }

  void status(ListStatusType newStatusType, ListOrderStatus newOrderStatus) {
    statusType = newStatusType;
    orderStatus = newOrderStatus;
  }

  boolean open() {
    return orderStatus == ListOrderStatus.EXECUTING;
  }

  ListView view() {
    return new ListView(
        account,
        symbol,
        orderListId,
        contingencyType,
        statusType,
        orderStatus,
        listClientOrderId,
        acceptedTime,
        orders);
  }
}
