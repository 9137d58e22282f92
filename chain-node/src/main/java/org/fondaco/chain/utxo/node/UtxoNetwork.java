package org.fondaco.chain.utxo.node;

import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.profile.NetworkProfile;

/** The networks that a node can run: their rules and their public numbers. */
public enum UtxoNetwork {
  BTC_REGTEST(Networks.bitcoinRegtest(), NetworkProfile.BTC_REGTEST),
  BCH_REGTEST(Networks.bitcoinCashRegtest(), NetworkProfile.BCH_REGTEST),
  LTC_REGTEST(Networks.litecoinRegtest(), NetworkProfile.LTC_REGTEST),
  SIX_REGTEST(Networks.sixHashRegtest(), NetworkProfile.SIX_REGTEST),
  BTC_MAIN(Networks.bitcoin(), NetworkProfile.BTC_MAIN),
  LTC_MAIN(Networks.litecoin(), NetworkProfile.LTC_MAIN);

  private final Consensus consensus;
  private final NetworkProfile profile;

  UtxoNetwork(Consensus consensus, NetworkProfile profile) {
    this.consensus = consensus;
    this.profile = profile;
  }

  /**
   * The network of a coin ({@code btc}) and a name ({@code regtest}).
   *
   * @throws IllegalArgumentException if there is none
   */
  public static UtxoNetwork of(String coin, String network) {
    for (UtxoNetwork each : values()) {
      if (each.profile.coin().equals(coin) && each.profile.network().equals(network)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "there is no network "
            + network
            + " of "
            + coin
            + "; there is regtest of btc, bch, ltc and"
            + " sixhash, and main of btc and ltc");
  }

  public Consensus consensus() {
    return consensus;
  }

  public NetworkProfile profile() {
    return profile;
  }
}
