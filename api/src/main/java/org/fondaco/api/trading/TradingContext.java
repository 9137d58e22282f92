package org.fondaco.api.trading;

import org.fondaco.api.http.Call;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.userdata.UserData;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.readmodel.ReadModel;

/** What the controllers of this package share. */
record TradingContext(
    EngineDoor door,
    Markets markets,
    ReadModel readModel,
    OrderCounts orderCounts,
    OrderJson json,
    Commission commission,
    UserData userData) {

  /** The market that the request names. */
  Market market(Call call) {
    return markets.named(call.parameters().mandatoryText("symbol"));
  }

  Canceled canceled(CommandResult result, LegNames.Legs legs) {
    return new Canceled(readModel, json, result, legs);
  }
}
