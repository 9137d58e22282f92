package org.fondaco.engine.readmodel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.fondaco.engine.protocol.EngineEvent;

/**
 * Assets, symbols and fees: immutable records in concurrent maps, read on every request without a
 * lock. A command changes one of them, so there is no half of a change to see.
 */
final class Catalogue {

  private final ConcurrentNavigableMap<Integer, EngineEvent.AssetChanged> assets =
      new ConcurrentSkipListMap<>();
  private final ConcurrentNavigableMap<Integer, EngineEvent.SymbolChanged> symbols =
      new ConcurrentSkipListMap<>();
  private final Map<String, EngineEvent.SymbolChanged> symbolsByName = new ConcurrentHashMap<>();
  private final Map<Long, EngineEvent.FeesChanged> fees = new ConcurrentHashMap<>();

  void asset(EngineEvent.AssetChanged asset) {
    assets.put(asset.asset(), asset);
  }

  void symbol(EngineEvent.SymbolChanged symbol) {
    symbols.put(symbol.symbol(), symbol);
    symbolsByName.put(symbol.name(), symbol);
  }

  void fees(EngineEvent.FeesChanged changed) {
    fees.put(feeKey(changed.symbol(), changed.tier()), changed);
  }

  List<EngineEvent.AssetChanged> assets() {
    return List.copyOf(assets.values());
  }

  List<EngineEvent.SymbolChanged> symbols() {
    return List.copyOf(symbols.values());
  }

  Optional<EngineEvent.SymbolChanged> symbol(String name) {
    return Optional.ofNullable(symbolsByName.get(name));
  }

  Optional<EngineEvent.FeesChanged> fees(int symbol, int tier) {
    return Optional.ofNullable(fees.get(feeKey(symbol, tier)));
  }

  private static long feeKey(int symbol, int tier) {
    return ((long) symbol << 32) | tier;
  }
}
