package org.fondaco.api.custody;

import java.math.BigDecimal;
import java.util.Optional;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.policy.Prices;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.readmodel.ReadModel;

/** Prices of the venue's own markets against one asset, by their last trades. */
final class MarketPrices implements Prices {
  private final ReadModel readModel;
  private final String reference;

  /**
   * @param reference code of the asset that everything is valued in
   */
  MarketPrices(ReadModel readModel, String reference) {
    this.readModel = readModel;
    this.reference = reference;
  }

  @Override
  public Optional<BigDecimal> price(Asset asset) {
    if (asset.code().equals(reference)) {
      return Optional.of(BigDecimal.ONE);
    }
    return readModel
        .symbol(asset.code() + reference)
        .flatMap(symbol -> {
          long last = readModel.lastPrice(symbol.symbol());
          return last == 0
              ? Optional.empty()
              : Optional.of(BigDecimal.valueOf(last, scale(symbol.quoteAsset())));
        });
  }

  private int scale(int asset) {
    return readModel.assets().stream()
        .filter(known -> known.asset() == asset)
        .mapToInt(AssetChanged::scale)
        .findAny()
        .orElseThrow(() -> new IllegalStateException("asset " + asset + " is not known"));
  }
}
