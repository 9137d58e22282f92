package org.fondaco.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.sbe.FiltersDecoder;

/** A symbol's filters, unpacked from their wire form, which is kept to be echoed. */
final class Rules {

  final UnsafeBuffer wire = new UnsafeBuffer(new byte[FiltersDecoder.ENCODED_LENGTH]);
  final long minPrice;
  final long maxPrice;
  final long tickSize;
  final long minQuantity;
  final long maxQuantity;
  final long stepSize;
  final long marketMinQuantity;
  final long marketMaxQuantity;
  final long marketStepSize;
  final long minNotional;
  final long maxNotional;
  final long maxPosition;
  final int averageMinutes;
  final int bidUp;
  final int bidDown;
  final int askUp;
  final int askDown;
  final int rangeBidUp;
  final int rangeBidDown;
  final int rangeAskUp;
  final int rangeAskDown;
  final int icebergParts;
  final int minAboveDelta;
  final int maxAboveDelta;
  final int minBelowDelta;
  final int maxBelowDelta;
  final int maxOrders;
  final int maxAlgoOrders;
  final int maxLists;
  final int maxAmends;
  final boolean minToMarket;
  final boolean maxToMarket;
  final int modes;

  Rules(FiltersDecoder from) {
    wire.putBytes(0, from.buffer(), from.offset(), FiltersDecoder.ENCODED_LENGTH);
    minPrice = from.minPrice();
    maxPrice = from.maxPrice();
    tickSize = from.tickSize();
    minQuantity = from.minQuantity();
    maxQuantity = from.maxQuantity();
    stepSize = from.stepSize();
    marketMinQuantity = from.marketMinQuantity();
    marketMaxQuantity = from.marketMaxQuantity() == 0 ? maxQuantity : from.marketMaxQuantity();
    marketStepSize = from.marketStepSize() == 0 ? stepSize : from.marketStepSize();
    minNotional = from.minNotional();
    maxNotional = from.maxNotional();
    maxPosition = from.maxPosition();
    averageMinutes = from.averagePriceMinutes();
    bidUp = from.bidMultiplierUp();
    bidDown = from.bidMultiplierDown();
    askUp = from.askMultiplierUp();
    askDown = from.askMultiplierDown();
    rangeBidUp = from.priceRangeBidUp();
    rangeBidDown = from.priceRangeBidDown();
    rangeAskUp = from.priceRangeAskUp();
    rangeAskDown = from.priceRangeAskDown();
    icebergParts = from.icebergParts();
    minAboveDelta = from.minTrailingAboveDelta();
    maxAboveDelta = from.maxTrailingAboveDelta();
    minBelowDelta = from.minTrailingBelowDelta();
    maxBelowDelta = from.maxTrailingBelowDelta();
    maxOrders = from.maxOrders();
    maxAlgoOrders = from.maxAlgoOrders();
    maxLists = from.maxOrderLists();
    maxAmends = from.maxOrderAmends();
    minToMarket = from.applyMinToMarket() != 0;
    maxToMarket = from.applyMaxToMarket() != 0;
    modes = from.allowedSelfTradePreventionModes();
  }

  /** Whether the filters are consistent and bound every notional by 2^62. */
  boolean valid(long tickUnit, long lotUnit, long baseOne) {
    return Math.min(Math.min(minPrice, minQuantity), Math.min(minNotional, maxNotional)) >= 0
        && Math.min(Math.min(marketMinQuantity, marketMaxQuantity), maxPosition) >= 0
        && (bidUp | bidDown | askUp | askDown) >= 0
        && (rangeBidUp | rangeBidDown | rangeAskUp | rangeAskDown) >= 0
        && (minAboveDelta | maxAboveDelta | minBelowDelta | maxBelowDelta) >= 0
        && (icebergParts | maxOrders | maxAlgoOrders | maxLists | maxAmends) >= 0
        && averageMinutes >= 0
        && averageMinutes <= Average.MINUTES_MAX
        && maxPrice >= Math.max(1, minPrice)
        && maxQuantity >= Math.max(1, minQuantity)
        && tickSize > 0
        && tickSize % tickUnit == 0
        && stepSize > 0
        && stepSize % lotUnit == 0
        && marketStepSize > 0
        && marketStepSize % lotUnit == 0
        && modes < 32
        && notionalBounded(baseOne);
  }

  private boolean notionalBounded(long baseOne) {
    Wide most = new Wide().set(maxPrice).times(maxQuantity);
    return most.compareTo(new Wide().set(Ledger.LIMIT).times(baseOne)) <= 0;
  }

  boolean ranged(int side) {
    return side == Codes.BUY ? (rangeBidUp | rangeBidDown) != 0 : (rangeAskUp | rangeAskDown) != 0;
  }
}
