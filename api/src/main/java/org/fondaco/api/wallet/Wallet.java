package org.fondaco.api.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Workers;
import org.fondaco.api.past.Past;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.readmodel.ReadModel;

/** The door of this package. */
public final class Wallet {
  private final List<Endpoint> endpoints;

  /**
   * @param custody empty where it is switched off: then deposits and withdrawals are refused
   */
  public Wallet(
      ReadModel readModel,
      Markets markets,
      ApiKeys keys,
      Past past,
      Workers workers,
      Optional<Capital> custody) {
    Counter counter = new Counter(custody, workers);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new AssetController(readModel, markets, counter).endpoints());
    all.addAll(new StatusController(readModel, markets, keys, past).endpoints());
    all.addAll(new DepositController(counter, markets).endpoints());
    all.addAll(new WithdrawController(counter, markets).endpoints());
    all.addAll(new OwnWithdrawals(counter, markets).endpoints());
    OwnAddresses addresses = new OwnAddresses(counter, markets);
    all.addAll(addresses.endpoints());
    all.addAll(addresses.bookEndpoints());
    endpoints = List.copyOf(all);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}
