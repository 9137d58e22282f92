package org.fondaco.api.trading;

import java.util.Optional;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.EngineEvent.FeesChanged;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Commission rates of an account on a symbol; there is no special, tax or discounted commission.
 */
record Commission(ReadModel readModel) {
  private static final int RATE_SCALE = 8;

  /** Writes the fields of the answer to a test order [rest-api.md §Test new order]. */
  void write(JsonWriter json, long account, Market market) {
    int tier = readModel.account(account).map(a -> a.feeTier()).orElse(0);
    Optional<FeesChanged> fees = readModel.fees(market.id(), tier);
    long maker = fees.map(FeesChanged::makerRate).orElse(0L);
    long taker = fees.map(FeesChanged::takerRate).orElse(0L);
    rates(json, "standardCommissionForOrder", maker, taker);
    rates(json, "specialCommissionForOrder", 0, 0);
    rates(json, "taxCommissionForOrder", 0, 0);
    json.name("discount").beginObject();
    json.field("enabledForAccount", false);
    json.field("enabledForSymbol", false);
    json.name("discountAsset").nullValue();
    json.field("discount", 0, RATE_SCALE);
    json.endObject();
  }

  private static void rates(JsonWriter json, String name, long maker, long taker) {
    json.name(name).beginObject();
    json.field("maker", maker, RATE_SCALE);
    json.field("taker", taker, RATE_SCALE);
    json.endObject();
  }
}
