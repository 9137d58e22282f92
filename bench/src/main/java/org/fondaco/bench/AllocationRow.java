package org.fondaco.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.engine.EncodedCommands;
import org.fondaco.bench.engine.HostedEngine;
import org.fondaco.bench.engine.Venue;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;

/** Bytes that the hosted engine's threads allocate in steady state. */
final class AllocationRow implements Row {

  private static final List<String> THREADS = List.of("engine", "journal", "output");

  @Override
  public String name() {
    return "allocation";
  }

  @Override
  public String summary() {
    return "bytes a command that the engine thread allocates in steady state";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    int half = (workload.fillCount() + workload.count()) / 2;
    EncodedCommands warmUp = Venue.orders(workload, 0, half, true);
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    THREADS.forEach(thread -> samples.put(thread, new ArrayList<>()));
    Path folder = Folders.make(plan, "allocation");
    try (HostedEngine venue = HostedEngine.start(workload, folder)) {
      venue.run(Venue.setUp(workload, EngineRow.MAKER_RATE, EngineRow.TAKER_RATE));
      venue.run(warmUp);
      int windows = plan.samples();
      int window = (workload.count() - half) / windows;
      for (int i = 0; i < windows; i++) {
        int from = half + i * window;
        EncodedCommands commands =
            Venue.orders(workload, from, i == windows - 1 ? workload.count() : from + window, true);
        Map<String, Long> before = allocated();
        venue.run(commands);
        Map<String, Long> after = allocated();
        for (String thread : THREADS) {
          long bytes = after.getOrDefault(thread, 0L) - before.getOrDefault(thread, 0L);
          samples
              .computeIfAbsent(thread, _ -> new ArrayList<>())
              .add((double) bytes / commands.count());
        }
      }
      CheckFailed.equal("refused commands", 0, venue.refused());
      CheckFailed.equal(
          "hash of levels", workload.expected().levelsHash(), venue.digest().levelsHash());
      CheckFailed.that(allocated().size() == THREADS.size(), "threads have other names");
    }
    Folders.delete(folder);
    double engine = Alternation.median(samples.getOrDefault("engine", List.of()));
    return new Result(
        name(),
        "Bytes allocated a command by the engine thread of the hosted engine, after half of the"
            + " workload has warmed it up.",
        "none.",
        engine,
        null,
        "bytes/command",
        null,
        "0",
        engine == 0,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("no command was refused; final levels equal the generator's"),
        List.of(
            String.format(
                Locale.ROOT,
                "The journal thread allocates %.3f, the output thread with the read model %.1f bytes a"
                    + " command.",
                Alternation.median(samples.getOrDefault("journal", List.of())),
                Alternation.median(samples.getOrDefault("output", List.of())))));
  }

  /** Bytes that the pipeline's threads have allocated, by the name of their stage. */
  private static Map<String, Long> allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().startsWith("fondaco-")) {
        String stage = info.getThreadName().substring("fondaco-".length());
        if (THREADS.contains(stage)) {
          bytes.put(stage, threads.getThreadAllocatedBytes(info.getThreadId()));
        }
      }
    }
    return bytes;
  }
}
