package org.fondaco.custody.payout.utxo;

import org.fondaco.custody.chain.ChainName;

/**
 * What nodes of a UTXO chain relay.
 *
 * @param replaces a waiting transaction by a dearer one (BIP-125)
 * @param dustRate atoms a kilo virtual byte at which spending an output must not cost more than it
 *     holds
 * @param forkId signatures as Bitcoin Cash wants them
 */
public record UtxoRules(boolean replaces, long dustRate, boolean forkId) {

  /**
   * The defaults of Bitcoin Core, BCHN and Litecoin Core: litecoind has replacement off and a dust
   * rate ten times that of Bitcoin.
   */
  public static UtxoRules of(ChainName chain) {
    return switch (chain) {
      case BTC -> new UtxoRules(true, 3_000, false);
      case BCH -> new UtxoRules(false, 3_000, true);
      case LTC -> new UtxoRules(false, 30_000, false);
      case ETH -> throw new IllegalArgumentException("ETH has no outputs");
    };
  }

  /** The least that an output with this script may hold (Core's GetDustThreshold). */
  public long dust(byte[] script) {
    boolean witness =
        script.length >= 4
            && script.length <= 42
            && (script[0] == 0 || script[0] >= 0x51 && script[0] <= 0x60)
            && script[1] == script.length - 2;
    long bytes = 8L + Weights.compactSize(script.length) + script.length + (witness ? 67 : 148);
    return Math.ceilDiv(bytes * dustRate, 1_000L);
  }
}
