package org.fondaco.custody.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.custody.chain.ChainName;
import org.jspecify.annotations.Nullable;

/**
 * How a chain is followed.
 *
 * @param start height after which blocks are read when the chain is first seen; {@link #TIP} = the
 *     node's best block of that moment
 * @param maxReorg blocks that may leave the chain; a deeper reorganisation halts it, and what lies
 *     under so many blocks is final
 * @param assets the chain's coin and tokens
 */
public record ChainSettings(ChainName chain, long start, int maxReorg, List<AssetSettings> assets) {
  /** Begin at the node's best block. */
  public static final long TIP = -1;

  public ChainSettings {
    assets = List.copyOf(assets);
    Set<@Nullable String> contracts = new HashSet<>();
    for (AssetSettings asset : assets) {
      if (asset.asset().chain() != chain) {
        throw new IllegalArgumentException(asset.asset().code() + " is not of " + chain);
      }
      if (!contracts.add(asset.asset().contract())) {
        throw new IllegalArgumentException(
            asset.asset().code() + " is the second asset of one contract");
      }
      if (asset.confirmationsMax() > maxReorg) {
        throw new IllegalArgumentException(
            asset.asset().code() + " waits for more confirmations than maxReorg " + maxReorg);
      }
    }
    if (!contracts.contains(null)) {
      throw new IllegalArgumentException(chain + " needs its own coin among its assets");
    }
    if (maxReorg < 1 || start < TIP) {
      throw new IllegalArgumentException("maxReorg is at least 1, start a height");
    }
  }

  /** The chain's own coin. */
  public AssetSettings coin() {
    return assets.stream().filter(a -> a.asset().isCoin()).findFirst().orElseThrow();
  }
}
