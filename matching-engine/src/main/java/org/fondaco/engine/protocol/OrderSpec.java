package org.fondaco.engine.protocol;

/**
 * What a client asks of one order.
 *
 * @param side buy or sell
 * @param type order type
 * @param timeInForce GTC for types without one
 * @param selfTradePreventionMode the mode that counts when this order is taker
 * @param trailingDelta basis points, 0 = not trailing
 * @param quantity base ledger units, 0 = absent
 * @param quoteOrderQuantity quote ledger units (MARKET only), 0 = absent
 * @param price quote ledger units per whole base unit, 0 = absent
 * @param stopPrice as price, 0 = absent
 * @param icebergQuantity base ledger units shown, 0 = not an iceberg
 * @param strategyId client data, Long.MIN_VALUE = absent
 * @param strategyType client data, at least 1,000,000, 0 = absent
 * @param clientOrderId ^[A-Za-z0-9_-]{1,36}$
 */
public record OrderSpec(
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    SelfTradePreventionMode selfTradePreventionMode,
    int trailingDelta,
    long quantity,
    long quoteOrderQuantity,
    long price,
    long stopPrice,
    long icebergQuantity,
    long strategyId,
    int strategyType,
    String clientOrderId) {}
