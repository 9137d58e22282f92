package org.fondaco.api.wallet;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.past.Past;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.readmodel.ReadModel;

/** The door of this package. */
public final class Wallet {
  private final List<Endpoint> endpoints;

  public Wallet(ReadModel readModel, Markets markets, ApiKeys keys, Past past) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new AssetController(readModel, markets).endpoints());
    all.addAll(new StatusController(readModel, markets, keys, past).endpoints());
    all.addAll(TransferController.endpoints());
    endpoints = List.copyOf(all);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}
