package org.fondaco.api.fee;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * What amounts of different assets are worth in one, by the last prices of the symbols that trade
 * one for the other. An asset without such a price is worth nothing here.
 */
final class Valuation {
  private final Map<Integer, Fraction> values = new HashMap<>();

  /** Valuation units for a ledger unit of the asset. */
  private record Fraction(BigInteger numerator, BigInteger denominator) {}

  private Valuation() {}

  /**
   * Prices as they are now.
   *
   * @param code code of the asset to value in
   * @return empty when the venue has no such asset
   */
  static Optional<Valuation> now(ReadModel readModel, String code) {
    Map<Integer, AssetChanged> assets = new HashMap<>();
    readModel.assets().forEach(asset -> assets.put(asset.asset(), asset));
    return assets.values().stream()
        .filter(asset -> asset.code().equals(code))
        .findFirst()
        .map(in -> in(readModel, assets, in));
  }

  private static Valuation in(
      ReadModel readModel, Map<Integer, AssetChanged> assets, AssetChanged in) {
    Valuation valuation = new Valuation();
    BigInteger whole = BigInteger.TEN.pow(in.scale());
    valuation.values.put(in.asset(), new Fraction(BigInteger.ONE, whole));
    for (SymbolChanged symbol : readModel.symbols()) {
      BigInteger price = BigInteger.valueOf(readModel.lastPrice(symbol.symbol()));
      AssetChanged base = assets.get(symbol.baseAsset());
      if (price.signum() == 0 || base == null) {
        continue;
      }
      if (symbol.quoteAsset() == in.asset()) {
        BigInteger baseWhole = BigInteger.TEN.pow(base.scale());
        valuation.values.putIfAbsent(
            symbol.baseAsset(), new Fraction(price, baseWhole.multiply(whole)));
      } else if (symbol.baseAsset() == in.asset()) {
        valuation.values.putIfAbsent(symbol.quoteAsset(), new Fraction(BigInteger.ONE, price));
      }
    }
    return valuation;
  }

  /**
   * Whole units of the valuation asset, rounded down.
   *
   * @param units ledger units by asset id
   */
  BigInteger whole(Map<Integer, BigInteger> units) {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Integer, BigInteger> amount : units.entrySet()) {
      Fraction value = values.get(amount.getKey());
      if (value != null) {
        sum = sum.add(amount.getValue().multiply(value.numerator()).divide(value.denominator()));
      }
    }
    return sum;
  }
}
