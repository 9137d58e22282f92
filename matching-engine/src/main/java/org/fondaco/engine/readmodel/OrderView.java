package org.fondaco.engine.readmodel;

import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;

/**
 * An order as its owner sees it. Quantities in base ledger units, quote amounts in quote ledger
 * units, times in microseconds.
 *
 * @param orderListId -1 = none
 * @param spec the order as amended and moved
 * @param working on the book (isWorking)
 * @param workingTime -1 = not yet
 * @param trailingTime -1 = not trailing, or not tracking yet
 * @param preventedMatchId last one, -1 = none
 * @param preventedQuantity cumulative
 */
public record OrderView(
    long account,
    int symbol,
    long orderId,
    long orderListId,
    OrderSpec spec,
    OrderStatus status,
    boolean working,
    long executedQuantity,
    long executedQuote,
    long preventedQuantity,
    long preventedMatchId,
    ExpiryReason expiryReason,
    long acceptedTime,
    long updateTime,
    long workingTime,
    long trailingTime) {}
