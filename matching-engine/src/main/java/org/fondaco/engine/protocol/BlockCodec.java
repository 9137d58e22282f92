package org.fondaco.engine.protocol;

import org.fondaco.engine.sbe.FiltersDecoder;
import org.fondaco.engine.sbe.FiltersEncoder;
import org.fondaco.engine.sbe.OrderSpecDecoder;
import org.fondaco.engine.sbe.OrderSpecEncoder;

/** The blocks that several messages share. */
final class BlockCodec {

  private BlockCodec() {}

  static void orderSpec(OrderSpec from, OrderSpecEncoder to) {
    to.side((short) from.side().ordinal());
    to.type((short) from.type().ordinal());
    to.timeInForce((short) from.timeInForce().ordinal());
    to.selfTradePreventionMode((short) from.selfTradePreventionMode().ordinal());
    to.trailingDelta(from.trailingDelta());
    to.quantity(from.quantity());
    to.quoteOrderQuantity(from.quoteOrderQuantity());
    to.price(from.price());
    to.stopPrice(from.stopPrice());
    to.icebergQuantity(from.icebergQuantity());
    to.strategyId(from.strategyId());
    to.strategyType(from.strategyType());
    to.clientOrderId(from.clientOrderId());
  }

  static OrderSpec orderSpec(OrderSpecDecoder from) {
    return new OrderSpec(
        Side.of(from.side()),
        OrderType.of(from.type()),
        TimeInForce.of(from.timeInForce()),
        SelfTradePreventionMode.of(from.selfTradePreventionMode()),
        from.trailingDelta(),
        from.quantity(),
        from.quoteOrderQuantity(),
        from.price(),
        from.stopPrice(),
        from.icebergQuantity(),
        from.strategyId(),
        from.strategyType(),
        from.clientOrderId());
  }

  static void filters(Filters from, FiltersEncoder to) {
    to.minPrice(from.minPrice());
    to.maxPrice(from.maxPrice());
    to.tickSize(from.tickSize());
    to.minQuantity(from.minQuantity());
    to.maxQuantity(from.maxQuantity());
    to.stepSize(from.stepSize());
    to.marketMinQuantity(from.marketMinQuantity());
    to.marketMaxQuantity(from.marketMaxQuantity());
    to.marketStepSize(from.marketStepSize());
    to.minNotional(from.minNotional());
    to.maxNotional(from.maxNotional());
    to.maxPosition(from.maxPosition());
    to.averagePriceMinutes(from.averagePriceMinutes());
    to.bidMultiplierUp(from.bidMultiplierUp());
    to.bidMultiplierDown(from.bidMultiplierDown());
    to.askMultiplierUp(from.askMultiplierUp());
    to.askMultiplierDown(from.askMultiplierDown());
    to.priceRangeBidUp(from.priceRangeBidUp());
    to.priceRangeBidDown(from.priceRangeBidDown());
    to.priceRangeAskUp(from.priceRangeAskUp());
    to.priceRangeAskDown(from.priceRangeAskDown());
    to.icebergParts(from.icebergParts());
    to.minTrailingAboveDelta(from.minTrailingAboveDelta());
    to.maxTrailingAboveDelta(from.maxTrailingAboveDelta());
    to.minTrailingBelowDelta(from.minTrailingBelowDelta());
    to.maxTrailingBelowDelta(from.maxTrailingBelowDelta());
    to.maxOrders(from.maxOrders());
    to.maxAlgoOrders(from.maxAlgoOrders());
    to.maxOrderLists(from.maxOrderLists());
    to.maxOrderAmends(from.maxOrderAmends());
    to.applyMinToMarket((short) (from.applyMinToMarket() ? 1 : 0));
    to.applyMaxToMarket((short) (from.applyMaxToMarket() ? 1 : 0));
    to.allowedSelfTradePreventionModes((short) from.allowedSelfTradePreventionModes());
  }

  static Filters filters(FiltersDecoder from) {
    return new Filters(
        from.minPrice(),
        from.maxPrice(),
        from.tickSize(),
        from.minQuantity(),
        from.maxQuantity(),
        from.stepSize(),
        from.marketMinQuantity(),
        from.marketMaxQuantity(),
        from.marketStepSize(),
        from.minNotional(),
        from.maxNotional(),
        from.maxPosition(),
        from.averagePriceMinutes(),
        from.bidMultiplierUp(),
        from.bidMultiplierDown(),
        from.askMultiplierUp(),
        from.askMultiplierDown(),
        from.priceRangeBidUp(),
        from.priceRangeBidDown(),
        from.priceRangeAskUp(),
        from.priceRangeAskDown(),
        from.icebergParts(),
        from.minTrailingAboveDelta(),
        from.maxTrailingAboveDelta(),
        from.minTrailingBelowDelta(),
        from.maxTrailingBelowDelta(),
        from.maxOrders(),
        from.maxAlgoOrders(),
        from.maxOrderLists(),
        from.maxOrderAmends(),
        from.applyMinToMarket() != 0,
        from.applyMaxToMarket() != 0,
        from.allowedSelfTradePreventionModes());
  }
}
