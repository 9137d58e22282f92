package org.fondaco.bench.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fondaco.bench.workload.Preset;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;
import org.junit.jupiter.api.Test;

/** The workload means the same to its generator and to exchange-core, and has the mix it claims. */
class WorkloadTest {

  @Test
  void exchangeCoreAgreesWithTheGeneratorOnTradesAndBooks() {
    Workload workload = WorkloadGenerator.generate(Preset.SINGLE_PAIR.withCommands(200_000), 1);
    PeerBook book = new PeerBook(workload);
    book.run(0, workload.fillCount());
    long before = book.trades();
    book.run(workload.fillCount(), workload.count());
    Workload.Digest actual = book.digest();
    Workload.Digest expected = workload.expected();
    assertEquals(0, book.failures());
    assertEquals(expected.trades(), actual.trades() - before);
    assertEquals(expected.tradeHash(), actual.tradeHash());
    assertEquals(expected.ordersHash(), actual.ordersHash());
    assertEquals(expected.levelsHash(), actual.levelsHash());
  }

  @Test
  void theMixIsThePublishedOne() {
    Workload workload = WorkloadGenerator.generate(Preset.SINGLE_PAIR.withCommands(400_000), 2);
    int[] mix = workload.mix();
    assertShare(0.711, mix[Workload.MOVE], 400_000);
    assertShare(0.126, mix[Workload.PLACE_GTC], 400_000);
    assertShare(0.072, mix[Workload.CANCEL], 400_000);
    assertShare(0.072, mix[Workload.REDUCE], 400_000);
    assertShare(0.018, mix[Workload.PLACE_IOC], 400_000);
    assertTrue(mix[Workload.PLACE_FOK] > 0);
  }

  @Test
  void theSameSeedGivesTheSameStream() {
    Preset preset = Preset.PEAK.withCommands(20_000);
    assertEquals(
        WorkloadGenerator.generate(preset, 3).expected(),
        WorkloadGenerator.generate(preset, 3).expected());
  }

  /** Within a fifth of the published share. */
  private static void assertShare(double share, int count, int total) {
    double actual = (double) count / total;
    assertTrue(actual > share * 0.8 && actual < share * 1.2, () -> share + " is " + actual);
  }
}
