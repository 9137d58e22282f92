package org.fondaco.engine.protocol;

/**
 * Trading rules of a symbol (Binance filters.md and the PRICE_RANGE execution rule).
 *
 * @param minPrice PRICE_FILTER, quote units per whole base, 0 disables
 * @param maxPrice PRICE_FILTER; required, it bounds every notional
 * @param tickSize PRICE_FILTER, a multiple of the tick unit
 * @param minQuantity LOT_SIZE, base units
 * @param maxQuantity LOT_SIZE; required, it bounds every notional
 * @param stepSize LOT_SIZE, a multiple of the lot unit
 * @param marketMinQuantity MARKET_LOT_SIZE
 * @param marketMaxQuantity MARKET_LOT_SIZE, 0 = maxQuantity
 * @param marketStepSize MARKET_LOT_SIZE, 0 = stepSize
 * @param minNotional NOTIONAL, quote units, 0 disables
 * @param maxNotional NOTIONAL, quote units, 0 disables
 * @param maxPosition MAX_POSITION, base units, 0 disables
 * @param averagePriceMinutes window of the average price in whole minutes, 0 = last price, at most
 *     60
 * @param bidMultiplierUp PERCENT_PRICE_BY_SIDE in 10^-4, 0 disables that bound
 * @param bidMultiplierDown as bidMultiplierUp
 * @param askMultiplierUp as bidMultiplierUp
 * @param askMultiplierDown as bidMultiplierUp
 * @param priceRangeBidUp PRICE_RANGE execution rule in 10^-4, 0 disables that bound
 * @param priceRangeBidDown as priceRangeBidUp
 * @param priceRangeAskUp as priceRangeBidUp
 * @param priceRangeAskDown as priceRangeBidUp
 * @param icebergParts ICEBERG_PARTS, 0 = icebergs not allowed
 * @param minTrailingAboveDelta TRAILING_DELTA, basis points
 * @param maxTrailingAboveDelta TRAILING_DELTA, 0 = trailing stops not allowed
 * @param minTrailingBelowDelta TRAILING_DELTA
 * @param maxTrailingBelowDelta TRAILING_DELTA, 0 = trailing stops not allowed
 * @param maxOrders MAX_NUM_ORDERS per account, 0 disables
 * @param maxAlgoOrders MAX_NUM_ALGO_ORDERS per account, 0 disables
 * @param maxOrderLists MAX_NUM_ORDER_LISTS per account, 0 disables
 * @param maxOrderAmends MAX_NUM_ORDER_AMENDS per order, 0 disables
 * @param applyMinToMarket NOTIONAL: minNotional counts for MARKET orders, at the average price
 * @param applyMaxToMarket NOTIONAL: maxNotional counts for MARKET orders
 * @param allowedSelfTradePreventionModes bit set, bit i = ordinal i of SelfTradePreventionMode
 */
public record Filters(
    long minPrice,
    long maxPrice,
    long tickSize,
    long minQuantity,
    long maxQuantity,
    long stepSize,
    long marketMinQuantity,
    long marketMaxQuantity,
    long marketStepSize,
    long minNotional,
    long maxNotional,
    long maxPosition,
    int averagePriceMinutes,
    int bidMultiplierUp,
    int bidMultiplierDown,
    int askMultiplierUp,
    int askMultiplierDown,
    int priceRangeBidUp,
    int priceRangeBidDown,
    int priceRangeAskUp,
    int priceRangeAskDown,
    int icebergParts,
    int minTrailingAboveDelta,
    int maxTrailingAboveDelta,
    int minTrailingBelowDelta,
    int maxTrailingBelowDelta,
    int maxOrders,
    int maxAlgoOrders,
    int maxOrderLists,
    int maxOrderAmends,
    boolean applyMinToMarket,
    boolean applyMaxToMarket,
    int allowedSelfTradePreventionModes) {}
