package org.fondaco.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.rest.OrderEntry;
import org.fondaco.bench.rest.StartedVenue;

/** From {@code ./fondaco up} to the first answer, and what it holds in memory then. */
final class StartupRow implements Row {

  private static final double MEBIBYTE = 1024 * 1024;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String summary() {
    return "./fondaco up on an existing data folder to the first answer, and memory at rest";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Path data = Files.createDirectories(plan.folder().resolve("startup")).resolve("data");
    double firstStart;
    long orders = plan.quick() ? 1_000 : 20_000;
    try (OrderEntry entry = new OrderEntry(StartedVenue.start(data))) {
      firstStart = entry.venue().secondsToFirstAnswer();
      entry.ours((int) orders);
    }
    List<Double> seconds = new ArrayList<>();
    List<Double> server = new ArrayList<>();
    List<Double> database = new ArrayList<>();
    for (int i = 0; i < plan.samples(); i++) {
      try (StartedVenue venue = StartedVenue.start(data)) {
        seconds.add(venue.secondsToFirstAnswer());
        CheckFailed.that(
            venue.get("/api/v3/trades?symbol=BTCUSDT&limit=1").size() == 1,
            "the venue came back without its trades");
        LockSupport.parkNanos(plan.quick() ? 2_000_000_000L : 10_000_000_000L);
        server.add(venue.residentBytes() / MEBIBYTE);
        database.add(venue.databaseBytes() / MEBIBYTE);
      }
    }
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    samples.put("seconds", seconds);
    samples.put("serverResidentMebibytes", server);
    samples.put("databaseMebibytes", database);
    double median = Alternation.median(seconds);
    double memory = Alternation.median(server) + Alternation.median(database);
    return new Result(
        name(),
        "Seconds from ./fondaco up, built tree and existing data folder, to the first answered"
            + " request.",
        "none.",
        median,
        null,
        "s",
        null,
        "< 10 s; < 1,024 MiB at rest",
        median < 10 && memory < 1_024,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("each start answered with the trades of the run before it"),
        List.of(
            String.format(
                java.util.Locale.ROOT,
                "At rest %.0f MiB: the server %.0f MiB resident, PostgreSQL's processes %.0f MiB"
                    + " (proportional set size).",
                memory,
                Alternation.median(server),
                Alternation.median(database)),
            String.format(
                java.util.Locale.ROOT,
                "The very first start, which also makes the database and the demonstration, took"
                    + " %.1f s.",
                firstStart),
            "The folder held " + orders + " orders."));
  }
}
