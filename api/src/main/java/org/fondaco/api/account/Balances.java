package org.fondaco.api.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;
import org.fondaco.engine.readmodel.ReadModel;

/** What an account owns, asset by asset. */
public record Balances(ReadModel readModel, Markets markets) {

  /** One asset's balance in its ledger units. */
  public record Balance(AssetChanged asset, long total, long held) {

    /** What is not held. */
    public long free() {
      return total - held;
    }
  }

  /** One balance for every asset of the venue, as Binance answers. */
  public List<Balance> of(long account) {
    Map<Integer, BalanceChanged> touched =
        readModel.balances(account).stream()
            .collect(Collectors.toMap(BalanceChanged::asset, balance -> balance));
    List<Balance> all = new ArrayList<>();
    for (AssetChanged asset : markets.assets()) {
      BalanceChanged balance = touched.get(asset.asset());
      all.add(
          balance == null
              ? new Balance(asset, 0, 0)
              : new Balance(asset, balance.total(), balance.held()));
    }
    return all;
  }
}
