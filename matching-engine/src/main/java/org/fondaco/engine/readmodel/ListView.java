package org.fondaco.engine.readmodel;

import java.util.List;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;

/**
 * An order list as its owner sees it; times in microseconds.
 *
 * @param orders order ids in leg order
 */
public record ListView(
    long account,
    int symbol,
    long orderListId,
    ContingencyType contingencyType,
    ListStatusType listStatusType,
    ListOrderStatus listOrderStatus,
    String listClientOrderId,
    long acceptedTime,
    List<Long> orders) {}
