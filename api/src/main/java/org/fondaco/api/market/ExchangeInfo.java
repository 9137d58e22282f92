package org.fondaco.api.market;

import java.util.List;
import org.fondaco.api.http.Call;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.symbol.FilterJson;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/**
 * The trading rules of the venue in Binance's shape [rest-api.md §Exchange information,
 * filters.md].
 */
record ExchangeInfo(Limits limits) {
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
    FilterJson.write(json, market);
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
}
