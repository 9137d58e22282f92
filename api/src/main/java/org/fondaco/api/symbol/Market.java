package org.fondaco.api.symbol;

import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;

/** A symbol as it is now, with its two assets. */
public record Market(SymbolChanged symbol, AssetChanged base, AssetChanged quote) {

  public int id() {
    return symbol.symbol();
  }

  public String name() {
    return symbol.name();
  }

  /** Decimals of quantities. */
  public int baseScale() {
    return base.scale();
  }

  /** Decimals of prices and quote amounts. */
  public int quoteScale() {
    return quote.scale();
  }
}
