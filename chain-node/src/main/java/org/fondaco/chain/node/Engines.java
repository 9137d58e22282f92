package org.fondaco.chain.node;

import java.nio.file.Path;
import org.fondaco.chain.ethash.EthashEngine;
import org.fondaco.chain.ethash.EthashEpoch;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.seal.SealEngine;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what seals a chain.
 *
 * @param datasets folder of Ethash's datasets; null keeps them in memory
 * @param checkSeals false takes headers at their word, for importing chains whose seal was checked
 *     elsewhere
 */
public record Engines(@Nullable Path datasets, boolean checkSeals) {
  SealEngine engine(ChainConfig config) {
    if (config.isInstant()) {
      return new InstantSeal();
    }
    if (!checkSeals || config.terminalTotalDifficulty() != null) {
      return new HeaderOnly(config); // after the merge nothing in a header seals it
    }
    return EthashEngine.open(
        config, config.isTinyEthash() ? EthashEpoch.Size.TINY : EthashEpoch.Size.FULL, datasets);
  }
}
