package org.fondaco.api.symbol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.readmodel.ReadModel;

/** The venue's symbols, by name and id. Thread-safe. */
public final class Markets {
  private static final int NAME_LENGTH_MAX = 20;

  private final ReadModel readModel;
  // Assets never change once added, so remembering them is safe.
  private final Map<Integer, AssetChanged> assets = new ConcurrentHashMap<>();
  private final Map<Integer, String> names = new ConcurrentHashMap<>();

  public Markets(ReadModel readModel) {
    this.readModel = readModel;
  }

  /**
   * The symbol of this name.
   *
   * @throws org.fondaco.api.error.ApiException -1100 when it cannot be a name, -1121 when there is
   *     none
   */
  public Market named(String name) {
    checkName("symbol", name);
    return find(name).orElseThrow(RequestErrors::invalidSymbol);
  }

  /** The symbol of this name, if there is one. */
  public Optional<Market> find(String name) {
    return readModel.symbol(name).map(this::market);
  }

  /** All symbols, ascending by id. */
  public List<Market> all() {
    List<Market> all = new ArrayList<>();
    readModel.symbols().forEach(symbol -> all.add(market(symbol)));
    return all;
  }

  /** The symbol with this id, which must exist. */
  public Market of(int symbol) {
    String name = names.get(symbol);
    if (name == null) {
      all();
      name = names.get(symbol);
    }
    return find(name == null ? "" : name)
        .orElseThrow(() -> new IllegalStateException("no symbol " + symbol));
  }

  /** The asset with this id, which must exist. */
  public AssetChanged asset(int id) {
    AssetChanged asset = assets.get(id);
    if (asset == null) {
      readModel.assets().forEach(known -> assets.putIfAbsent(known.asset(), known));
      asset = assets.get(id);
    }
    if (asset == null) {
      throw new IllegalStateException("no asset " + id);
    }
    return asset;
  }

  /** All assets. */
  public List<AssetChanged> assets() {
    return readModel.assets();
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1100
   */
  public static void checkName(String parameter, String name) {
    boolean legal = name.length() <= NAME_LENGTH_MAX;
    for (int i = 0; legal && i < name.length(); i++) {
      char c = name.charAt(i);
      legal = c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }
    if (!legal) {
      throw RequestErrors.illegalCharacters(parameter, "^[A-Z0-9-_.]{1,20}$");
    }
  }

  private Market market(SymbolChanged symbol) {
    names.putIfAbsent(symbol.symbol(), symbol.name());
    return new Market(symbol, asset(symbol.baseAsset()), asset(symbol.quoteAsset()));
  }
}
