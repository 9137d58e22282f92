package org.fondaco.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.bench.engine.HostedEngine;
import org.fondaco.bench.engine.Venue;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;
import org.fondaco.engine.host.RecoveryReport;

/** Recovery from the journal alone. */
final class ReplayRow implements Row {

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String summary() {
    return "commands a second while a start replays the journal without a snapshot";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    Path origin = Folders.make(plan, "origin");
    Path journal = Folders.make(plan, "journal");
    try (HostedEngine venue = HostedEngine.startWithoutSnapshots(workload, origin)) {
      venue.run(Venue.setUp(workload, EngineRow.MAKER_RATE, EngineRow.TAKER_RATE));
      venue.run(Venue.orders(workload, 0, workload.count(), true));
      Folders.copy(origin, journal, "snapshot");
    }
    Folders.delete(origin);
    List<Double> rates = new ArrayList<>();
    for (int i = -1; i < plan.samples(); i++) {
      Path folder = Folders.make(plan, "replay");
      Folders.copy(journal, folder, "snapshot");
      try (HostedEngine venue = HostedEngine.startWithoutSnapshots(workload, folder)) {
        RecoveryReport report = venue.recovery();
        CheckFailed.that(
            report.replayed() >= workload.count(), "replayed only " + report.replayed());
        CheckFailed.equal(
            "hash of levels", workload.expected().levelsHash(), venue.digest().levelsHash());
        double rate = report.replayed() * 1e3 / report.replayMillis();
        System.err.printf("  %s %,.0f%n", i < 0 ? "warm-up" : "sample", rate);
        if (i >= 0) {
          rates.add(rate);
        }
      }
      Folders.delete(folder);
    }
    Folders.delete(journal);
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    samples.put("ours", rates);
    double median = Alternation.median(rates);
    return new Result(
        name(),
        "Commands a second applied by a start that finds a journal and no snapshot; reading,"
            + " checksums, checkpoints and priming of the read model included.",
        "none.",
        median,
        null,
        "commands/s",
        null,
        "≥ 3,000,000 commands/s",
        median >= 3_000_000,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of(
            "all commands were replayed and every checkpoint agreed",
            "levels in the primed read model equal the generator's"),
        List.of("Workload " + plan.workload().name() + ", " + workload.count() + " commands."));
  }
}
