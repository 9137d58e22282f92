package org.fondaco.api.trading;

import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Commission rates of an account on a symbol; there is no special, tax or discounted commission.
 */
record Commission(ReadModel readModel) {
  private static final int RATE_SCALE = 8;

  /** Writes the fields of the answer to a test order [rest-api.md §Test new order]. */
  void write(JsonWriter json, long account, Market market) {
    Rates rates = rates(account, market);
    rates(json, "standardCommissionForOrder", rates, false);
    rates(json, "specialCommissionForOrder", Rates.NONE, false);
    rates(json, "taxCommissionForOrder", Rates.NONE, false);
    discount(json);
  }

  /** Writes the fields of the answer about an account [rest-api.md §Query Commission Rates]. */
  void writeRates(JsonWriter json, long account, Market market) {
    Rates rates = rates(account, market);
    rates(json, "standardCommission", rates, true);
    rates(json, "specialCommission", Rates.NONE, true);
    rates(json, "taxCommission", Rates.NONE, true);
    discount(json);
  }

  private record Rates(long maker, long taker) {
    static final Rates NONE = new Rates(0, 0);
  }

  private Rates rates(long account, Market market) {
    int tier = readModel.account(account).map(a -> a.feeTier()).orElse(0);
    return readModel
        .fees(market.id(), tier)
        .map(fees -> new Rates(fees.makerRate(), fees.takerRate()))
        .orElse(Rates.NONE);
  }

  private static void rates(JsonWriter json, String name, Rates rates, boolean sides) {
    json.name(name).beginObject();
    json.field("maker", rates.maker(), RATE_SCALE);
    json.field("taker", rates.taker(), RATE_SCALE);
    if (sides) {
      json.field("buyer", 0, RATE_SCALE);
      json.field("seller", 0, RATE_SCALE);
    }
    json.endObject();
  }

  private static void discount(JsonWriter json) {
    json.name("discount").beginObject();
    json.field("enabledForAccount", false);
    json.field("enabledForSymbol", false);
    json.name("discountAsset").nullValue();
    json.field("discount", 0, RATE_SCALE);
    json.endObject();
  }
}
