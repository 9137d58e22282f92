package org.fondaco.api.admin;

import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/** Assets, symbols and accounts as an administrator reads them. */
final class StateJson {
  private static final int MULTIPLIER_SCALE = 4;

  private StateJson() {}

  static JsonWriter asset(EngineEvent.AssetChanged asset) {
    return new JsonWriter(96)
        .beginObject()
        .field("asset", asset.code())
        .field("assetId", asset.asset())
        .field("scale", asset.scale())
        .endObject();
  }

  static JsonWriter account(EngineEvent.AccountChanged account) {
    return new JsonWriter(192)
        .beginObject()
        .field("account", account.account())
        .field("tradingEnabled", account.tradingEnabled())
        .field("killed", account.killed())
        .field("feeTier", account.feeTier())
        .field("tradeGroupId", account.tradeGroupId())
        .field("clientIdWindow", account.clientIdWindow())
        .endObject();
  }

  static JsonWriter symbol(Market market) {
    EngineEvent.SymbolChanged symbol = market.symbol();
    JsonWriter json = new JsonWriter(2_048).beginObject();
    json.field("symbol", symbol.name());
    json.field("symbolId", symbol.symbol());
    json.field("baseAsset", market.base().code());
    json.field("quoteAsset", market.quote().code());
    json.field("tickUnit", symbol.tickUnit(), market.quoteScale());
    json.field("lotUnit", symbol.lotUnit(), market.baseScale());
    json.field("status", symbol.status().name());
    json.field("defaultSelfTradePreventionMode", symbol.defaultSelfTradePreventionMode().name());
    json.field("referencePrice", symbol.referencePrice(), market.quoteScale());
    json.name("filters");
    filters(json, symbol.filters(), market);
    return json.endObject();
  }

  private static void filters(JsonWriter json, Filters f, Market market) {
    int base = market.baseScale();
    int quote = market.quoteScale();
    json.beginObject();
    json.field("minPrice", f.minPrice(), quote).field("maxPrice", f.maxPrice(), quote);
    json.field("tickSize", f.tickSize(), quote).field("minQuantity", f.minQuantity(), base);
    json.field("maxQuantity", f.maxQuantity(), base).field("stepSize", f.stepSize(), base);
    json.field("marketMinQuantity", f.marketMinQuantity(), base);
    json.field("marketMaxQuantity", f.marketMaxQuantity(), base);
    json.field("marketStepSize", f.marketStepSize(), base);
    json.field("minNotional", f.minNotional(), quote);
    json.field("maxNotional", f.maxNotional(), quote);
    json.field("maxPosition", f.maxPosition(), base);
    json.field("averagePriceMinutes", f.averagePriceMinutes());
    json.field("bidMultiplierUp", f.bidMultiplierUp(), MULTIPLIER_SCALE);
    json.field("bidMultiplierDown", f.bidMultiplierDown(), MULTIPLIER_SCALE);
    json.field("askMultiplierUp", f.askMultiplierUp(), MULTIPLIER_SCALE);
    json.field("askMultiplierDown", f.askMultiplierDown(), MULTIPLIER_SCALE);
    json.field("priceRangeBidUp", f.priceRangeBidUp(), MULTIPLIER_SCALE);
    json.field("priceRangeBidDown", f.priceRangeBidDown(), MULTIPLIER_SCALE);
    json.field("priceRangeAskUp", f.priceRangeAskUp(), MULTIPLIER_SCALE);
    json.field("priceRangeAskDown", f.priceRangeAskDown(), MULTIPLIER_SCALE);
    json.field("icebergParts", f.icebergParts());
    json.field("minTrailingAboveDelta", f.minTrailingAboveDelta());
    json.field("maxTrailingAboveDelta", f.maxTrailingAboveDelta());
    json.field("minTrailingBelowDelta", f.minTrailingBelowDelta());
    json.field("maxTrailingBelowDelta", f.maxTrailingBelowDelta());
    json.field("maxOrders", f.maxOrders()).field("maxAlgoOrders", f.maxAlgoOrders());
    json.field("maxOrderLists", f.maxOrderLists()).field("maxOrderAmends", f.maxOrderAmends());
    json.field("applyMinToMarket", f.applyMinToMarket());
    json.field("applyMaxToMarket", f.applyMaxToMarket());
    json.name("allowedSelfTradePreventionModes").beginArray();
    for (SelfTradePreventionMode mode : SelfTradePreventionMode.values()) {
      if ((f.allowedSelfTradePreventionModes() & 1 << mode.ordinal()) != 0) {
        json.value(mode.name());
      }
    }
    json.endArray().endObject();
  }
}
