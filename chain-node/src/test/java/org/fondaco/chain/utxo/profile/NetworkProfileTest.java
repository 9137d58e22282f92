package org.fondaco.chain.utxo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.junit.jupiter.api.Test;

class NetworkProfileTest {
  @Test
  void theFirstBlocksHaveTheHashesThatEveryoneKnows() {
    Map<NetworkProfile, Consensus> networks =
        Map.of(
            NetworkProfile.BTC_MAIN, Networks.bitcoin(),
            NetworkProfile.BTC_REGTEST, Networks.bitcoinRegtest(),
            NetworkProfile.BCH_MAIN, Networks.bitcoinCash(),
            NetworkProfile.BCH_REGTEST, Networks.bitcoinCashRegtest(),
            NetworkProfile.LTC_MAIN, Networks.litecoin(),
            NetworkProfile.LTC_REGTEST, Networks.litecoinRegtest(),
            NetworkProfile.SIX_REGTEST, Networks.sixHashRegtest());
    networks.forEach((profile, consensus) -> {
      assertThat(consensus.genesis().header().hash()).isEqualTo(profile.genesis());
      assertThat(consensus.name()).isEqualTo(profile.network());
    });
  }

  @Test
  void localNetworksHavePortsOfTheirOwn() {
    List<Integer> ports =
        Stream.of(NetworkProfile.values())
            .filter(profile -> profile.network().equals("regtest"))
            .flatMap(profile -> Stream.of(profile.port(), profile.rpcPort()))
            .toList();
    assertThat(ports).doesNotHaveDuplicates();
  }

  @Test
  void profilesAreFoundByTheirNames() {
    for (NetworkProfile profile : NetworkProfile.values()) {
      assertThat(NetworkProfile.of(profile.coin(), profile.network())).isEqualTo(profile);
    }
    assertThat(NetworkProfile.of("doge", "main")).isNull();
  }
}
