package org.fondaco.bench;

import java.nio.file.Path;
import java.util.List;
import org.fondaco.bench.engine.EncodedCommands;
import org.fondaco.bench.engine.HostedEngine;
import org.fondaco.bench.engine.Venue;
import org.fondaco.bench.exchangecore.PeerProcess;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;

/** The hosted engine, journalled and fsynced before acknowledgement. */
final class JournalRow implements Row {

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public String summary() {
    return "engine fsynced before acknowledgement; peer: exchange-core with journalling (no fsync)";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    EncodedCommands setUp = Venue.setUp(workload, EngineRow.MAKER_RATE, EngineRow.TAKER_RATE);
    EncodedCommands fill = Venue.orders(workload, 0, workload.fillCount(), true);
    EncodedCommands measured = Venue.orders(workload, workload.fillCount(), workload.count(), true);
    try (PeerProcess peer = PeerProcess.start(workload, Folders.make(plan, "peer"))) {
      Alternation result =
          Alternation.of(
              2,
              plan.samples(),
              () -> ours(plan, workload, setUp, fill, measured),
              () -> EngineRow.peer(workload, peer, true));
      return new Result(
          name(),
          "Commands a second through the hosted engine: ring, journal with one fdatasync a batch"
              + " before any answer, engine, read model, replica and snapshots.",
          "exchange-core 0.5.3 whole with its disk journal, which does not sync a batch before"
              + " answering and has no read model or replica.",
          result.ours(),
          result.peer(),
          "commands/s",
          result.ratio(),
          "≥ 1.5 × the peer",
          result.ratio() >= 1.5,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags() + " | " + peer.flags(),
          result.samples(),
          List.of(
              "every run made the generator's trades in the generator's order",
              "no command was refused by either",
              "final levels equal the generator's, ours as the read model shows them",
              "live and replica had the same state hash at the end, zero sums included"),
          List.of(
              "Workload "
                  + plan.workload().name()
                  + ", "
                  + measured.count()
                  + " commands, seed "
                  + plan.seed()
                  + "; from one producer thread.",
              "The replica is given the time that trading leaves; catching up is not in the figure."));
    }
  }

  private static double ours(
      Plan plan,
      Workload workload,
      EncodedCommands setUp,
      EncodedCommands fill,
      EncodedCommands measured)
      throws Exception {
    Path folder = Folders.make(plan, "journal");
    long nanos;
    try (HostedEngine venue = HostedEngine.start(workload, folder)) {
      venue.run(setUp);
      venue.run(fill);
      System.gc();
      long before = venue.trades();
      long start = System.nanoTime();
      venue.run(measured);
      nanos = System.nanoTime() - start;
      check(workload, venue, before);
    }
    Folders.delete(folder);
    return measured.count() * 1e9 / nanos;
  }

  static void check(Workload workload, HostedEngine venue, long tradesBefore) {
    Workload.Digest expected = workload.expected();
    Workload.Digest actual = venue.digest();
    CheckFailed.equal("refused commands", 0, venue.refused());
    CheckFailed.equal("trades", expected.trades(), actual.trades() - tradesBefore);
    CheckFailed.equal("hash of trades", expected.tradeHash(), actual.tradeHash());
    CheckFailed.equal("hash of levels", expected.levelsHash(), actual.levelsHash());
  }
}
