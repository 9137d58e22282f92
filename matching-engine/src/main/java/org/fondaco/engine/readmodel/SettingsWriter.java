package org.fondaco.engine.readmodel;

import org.fondaco.engine.protocol.EngineEvent;

/** Applies what administrators and custody set: assets, symbols, fees, accounts. */
record SettingsWriter(Catalogue catalogue, GroupLocks locks) {

  void apply(EngineEvent event) {
    if (event instanceof EngineEvent.AssetChanged asset) {
      catalogue.asset(asset);
    } else if (event instanceof EngineEvent.SymbolChanged changed) {
      locks.announce(changed);
      catalogue.symbol(changed);
    } else if (event instanceof EngineEvent.FeesChanged fees) {
      catalogue.fees(fees);
    } else if (event instanceof EngineEvent.AccountChanged changed) {
      locks.shard(changed.account()).account(changed.account()).options = changed;
    } else if (event instanceof EngineEvent.FreezeChanged changed) {
      locks.shard(changed.account()).account(changed.account()).frozen = changed.frozen();
    }
  }
}
