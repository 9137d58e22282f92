package org.fondaco.api.market;

import java.util.List;
import org.fondaco.api.http.Call;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/**
 * The trading rules of the venue in Binance's shape [rest-api.md §Exchange information,
 * filters.md].
 */
record ExchangeInfo(Limits limits) {
  private static final int MULTIPLIER_SCALE = 4;
  // Orders are admitted while fewer than this many rest; a filter value of 0 means no limit.
  private static final int UNLIMITED_COUNT = Integer.MAX_VALUE;

  void write(JsonWriter json, Call call, List<Market> markets, long nowMicros, boolean sets) {
    json.beginObject();
    json.field("timezone", "UTC");
    call.time(json, "serverTime", nowMicros);
    json.name("rateLimits").beginArray();
    limit(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.weightPerMinute());
    limit(json, "ORDERS", "SECOND", 10, limits.ordersPerTenSeconds());
    limit(json, "ORDERS", "DAY", 1, limits.ordersPerDay());
    json.endArray();
    json.name("exchangeFilters").beginArray().endArray();
    json.name("symbols").beginArray();
    markets.forEach(market -> symbol(json, market, sets));
    json.endArray();
    json.endObject();
  }

  private static void limit(
      JsonWriter json, String type, String interval, int intervals, int limit) {
    json.beginObject();
    json.field("rateLimitType", type);
    json.field("interval", interval);
    json.field("intervalNum", intervals);
    json.field("limit", limit);
    json.endObject();
  }

  private static void symbol(JsonWriter json, Market market, boolean permissionSets) {
    Filters filters = market.symbol().filters();
    json.beginObject();
    json.field("symbol", market.name());
    json.field("status", market.symbol().status().name());
    json.field("baseAsset", market.base().code());
    json.field("baseAssetPrecision", market.baseScale());
    json.field("quoteAsset", market.quote().code());
    json.field("quotePrecision", market.quoteScale());
    json.field("quoteAssetPrecision", market.quoteScale());
    json.field("baseCommissionPrecision", market.baseScale());
    json.field("quoteCommissionPrecision", market.quoteScale());
    json.name("orderTypes").beginArray();
    for (OrderType type : OrderType.values()) {
      json.value(type.name());
    }
    json.endArray();
    json.field("icebergAllowed", filters.icebergParts() > 0);
    json.field("ocoAllowed", true);
    json.field("otoAllowed", true);
    json.field("opoAllowed", false);
    json.field("quoteOrderQtyMarketAllowed", true);
    json.field(
        "allowTrailingStop",
        filters.maxTrailingAboveDelta() > 0 || filters.maxTrailingBelowDelta() > 0);
    json.field("cancelReplaceAllowed", true);
    json.field("amendAllowed", true);
    json.field("pegInstructionsAllowed", false);
    json.field("isSpotTradingAllowed", true);
    json.field("isMarginTradingAllowed", false);
    json.name("filters").beginArray();
    filters(json, market, filters);
    json.endArray();
    json.name("permissions").beginArray().endArray();
    json.name("permissionSets").beginArray();
    if (permissionSets) {
      json.beginArray().value("SPOT").endArray();
    }
    json.endArray();
    json.field(
        "defaultSelfTradePreventionMode", market.symbol().defaultSelfTradePreventionMode().name());
    json.name("allowedSelfTradePreventionModes").beginArray();
    for (SelfTradePreventionMode mode : SelfTradePreventionMode.values()) {
      if ((filters.allowedSelfTradePreventionModes() & 1 << mode.ordinal()) != 0) {
        json.value(mode.name());
      }
    }
    json.endArray();
    json.endObject();
  }

  private static void filters(JsonWriter json, Market market, Filters f) {
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
