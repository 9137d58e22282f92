package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.fondaco.custody.chain.ChainName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Withdrawals under deaths at every commit, signature and send. More seeds: {@code
 * -Dfondaco.seeds=200 -Dfondaco.seed=1000}.
 */
class PayoutSimulationTest {
  private static final int ACTIONS = 45;

  static LongStream seeds() {
    long first = Long.getLong("fondaco.seed", 1);
    return LongStream.range(first, first + Long.getLong("fondaco.seeds", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bitcoinPaysOnceOrNot(long seed) {
    report(new UtxoSimulation(ChainName.BTC, seed, false).run(ACTIONS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutReplacementPaysOnceOrNot(long seed) {
    report(new UtxoSimulation(ChainName.BCH, seed, false).run(ACTIONS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reorganisationsBelowFinalityAreHealed(long seed) {
    report(new UtxoSimulation(ChainName.BTC, seed, true).run(ACTIONS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void coinsAndTokensArePaidOnceOrNot(long seed) {
    report(new EvmSimulation(seed).run(ACTIONS));
  }

  private static void report(String summary) {
    assertThat(summary).contains("withdrawals");
    System.getLogger(PayoutSimulationTest.class.getName()).log(System.Logger.Level.INFO, summary);
  }
}
