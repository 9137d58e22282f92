package org.fondaco.api.symbol;

import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.Filters;

/** The filters of a symbol in Binance's shape [filters.md §Symbol filters]. */
public final class FilterJson {
  private static final int MULTIPLIER_SCALE = 4;
  // Orders are admitted while fewer than this many rest; a filter value of 0 means no limit.
  private static final int UNLIMITED_COUNT = Integer.MAX_VALUE;

  private FilterJson() {}

  /** Writes the filters as elements of an array. */
  public static void write(JsonWriter json, Market market) {
    Filters f = market.symbol().filters();
    int base = market.baseScale();
    int quote = market.quoteScale();
    begin(json, "PRICE_FILTER")
        .field("minPrice", f.minPrice(), quote)
        .field("maxPrice", f.maxPrice(), quote)
        .field("tickSize", f.tickSize(), quote)
        .endObject();
    begin(json, "LOT_SIZE")
        .field("minQty", f.minQuantity(), base)
        .field("maxQty", f.maxQuantity(), base)
        .field("stepSize", f.stepSize(), base)
        .endObject();
    if (f.icebergParts() > 0) {
      begin(json, "ICEBERG_PARTS").field("limit", f.icebergParts()).endObject();
    }
    begin(json, "MARKET_LOT_SIZE")
        .field("minQty", f.marketMinQuantity(), base)
        .field("maxQty", f.marketMaxQuantity() > 0 ? f.marketMaxQuantity() : f.maxQuantity(), base)
        .field("stepSize", f.marketStepSize() > 0 ? f.marketStepSize() : f.stepSize(), base)
        .endObject();
    trailing(json, f);
    percentPrice(json, f);
    notional(json, f, quote);
    if (f.maxPosition() > 0) {
      begin(json, "MAX_POSITION").field("maxPosition", f.maxPosition(), base).endObject();
    }
    count(json, "MAX_NUM_ORDERS", "maxNumOrders", f.maxOrders());
    count(json, "MAX_NUM_ORDER_LISTS", "maxNumOrderLists", f.maxOrderLists());
    count(json, "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", f.maxAlgoOrders());
    count(json, "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends", f.maxOrderAmends());
  }

  private static void trailing(JsonWriter json, Filters f) {
    if (f.maxTrailingAboveDelta() > 0 || f.maxTrailingBelowDelta() > 0) {
      begin(json, "TRAILING_DELTA")
          .field("minTrailingAboveDelta", f.minTrailingAboveDelta())
          .field("maxTrailingAboveDelta", f.maxTrailingAboveDelta())
          .field("minTrailingBelowDelta", f.minTrailingBelowDelta())
          .field("maxTrailingBelowDelta", f.maxTrailingBelowDelta())
          .endObject();
    }
  }

  private static void percentPrice(JsonWriter json, Filters f) {
    if (f.bidMultiplierUp() > 0
        || f.bidMultiplierDown() > 0
        || f.askMultiplierUp() > 0
        || f.askMultiplierDown() > 0) {
      begin(json, "PERCENT_PRICE_BY_SIDE")
          .field("bidMultiplierUp", f.bidMultiplierUp(), MULTIPLIER_SCALE)
          .field("bidMultiplierDown", f.bidMultiplierDown(), MULTIPLIER_SCALE)
          .field("askMultiplierUp", f.askMultiplierUp(), MULTIPLIER_SCALE)
          .field("askMultiplierDown", f.askMultiplierDown(), MULTIPLIER_SCALE)
          .field("avgPriceMins", f.averagePriceMinutes())
          .endObject();
    }
  }

  private static void notional(JsonWriter json, Filters f, int quote) {
    begin(json, "NOTIONAL")
        .field("minNotional", f.minNotional(), quote)
        .field("applyMinToMarket", f.applyMinToMarket())
        // Without a limit of its own, no notional exceeds what maxPrice and maxQty allow.
        .field("maxNotional", f.maxNotional() > 0 ? f.maxNotional() : Long.MAX_VALUE, quote)
        .field("applyMaxToMarket", f.applyMaxToMarket())
        .field("avgPriceMins", f.averagePriceMinutes())
        .endObject();
  }

  private static void count(JsonWriter json, String type, String field, int value) {
    begin(json, type).field(field, value > 0 ? value : UNLIMITED_COUNT).endObject();
  }

  private static JsonWriter begin(JsonWriter json, String type) {
    return json.beginObject().field("filterType", type);
  }
}
