package org.fondaco.api.trading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.past.Past;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.userdata.UserData;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.readmodel.ReadModel;

/** The door of this package: every endpoint about orders. */
public final class Trading {
  private final List<Endpoint> endpoints;

  /**
   * @param answering turns the engine's results into answers, off its output thread
   */
  public Trading(
      EngineGateway gateway,
      ReadModel readModel,
      Markets markets,
      Past past,
      OrderCounts orderCounts,
      UserData userData,
      Executor answering) {
    TradingContext context =
        new TradingContext(
            new EngineDoor(gateway, new LegNames(readModel, past), answering),
            markets,
            readModel,
            orderCounts,
            new OrderJson(markets),
            new Commission(readModel),
            userData);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new OrderController(context).endpoints());
    all.addAll(new QueryController(context, past).endpoints());
    all.addAll(new CancelReplaceController(context).endpoints());
    all.addAll(new AmendController(context).endpoints());
    all.addAll(new OrderListController(context).endpoints());
    all.addAll(new RemarkController(context, past).endpoints());
    all.addAll(new ConditionsController(context).endpoints());
    endpoints = List.copyOf(all);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}
