package org.fondaco.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.fondaco.bench.engine.EncodedCommands;
import org.fondaco.bench.engine.HostedEngine;
import org.fondaco.bench.engine.Venue;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;

/** Time to a durable answer at 100,000 commands a second, beside one fdatasync of the same disk. */
final class LatencyRow implements Row {

  private static final long INTERVAL_NANOS = 10_000;
  private static final int SYNC_BYTES = 16 * 1024;
  private static final int SYNCS = 300;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "p50 to a durable answer at 100,000 commands/s open loop; peer: one fdatasync";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int window = plan.quick() ? 100_000 : 300_000;
    int windows = plan.samples() + 1;
    Workload workload =
        WorkloadGenerator.generate(plan.preset().withCommands(window * windows), plan.seed());
    EncodedCommands measured = Venue.orders(workload, workload.fillCount(), workload.count(), true);
    Path folder = Folders.make(plan, "latency");
    List<Double> p99 = new ArrayList<>();
    List<Double> p999 = new ArrayList<>();
    int[] next = {0};
    try (HostedEngine venue = HostedEngine.start(workload, folder.resolve("venue"));
        FileChannel disk = preallocated(folder.resolve("probe"))) {
      venue.run(Venue.setUp(workload, EngineRow.MAKER_RATE, EngineRow.TAKER_RATE));
      venue.run(Venue.orders(workload, 0, workload.fillCount(), true));
      long before = venue.trades();
      Alternation result =
          Alternation.of(
              1,
              plan.samples(),
              () -> {
                Histogram histogram = openLoop(venue, measured, next[0], window);
                next[0] += window;
                p99.add(histogram.getValueAtPercentile(99) / 1e3);
                p999.add(histogram.getValueAtPercentile(99.9) / 1e3);
                return histogram.getValueAtPercentile(50) / 1e3;
              },
              () -> syncMicroseconds(disk));
      JournalRow.check(workload, venue, before);
      Map<String, List<Double>> samples = result.samples();
      samples.put("oursP99", p99.subList(1, p99.size()));
      samples.put("oursP999", p999.subList(1, p999.size()));
      return new Result(
          name(),
          "Median microseconds from the planned instant of a command to its durable, executed answer"
              + " on the output thread, at 100,000 commands a second, open loop.",
          "median of one fdatasync of 16 KiB appended to a preallocated file on the same disk, with"
              + " nothing else running.",
          result.ours(),
          result.peer(),
          "µs",
          result.ratio(),
          "≤ 3 × the peer",
          result.ratio() <= 3,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          samples,
          List.of(
              "all commands made the generator's trades in the generator's order, none was refused",
              "final levels equal the generator's; live and replica had the same state hash"),
          List.of(
              String.format(
                  Locale.ROOT,
                  "p99 %.0f µs, p99.9 %.0f µs (medians of the windows).",
                  Alternation.median(p99.subList(1, p99.size())),
                  Alternation.median(p999.subList(1, p999.size()))),
              "Latency counts from the planned instant, so waiting to be sent is part of it."));
    }
  }

  private static Histogram openLoop(
      HostedEngine venue, EncodedCommands commands, int first, int count) {
    Histogram histogram = new Histogram(60_000_000_000L, 3);
    venue.listen(planned -> histogram.recordValue(System.nanoTime() - planned));
    long start = System.nanoTime() + 1_000_000;
    for (int i = 0; i < count; i++) {
      long planned = start + i * INTERVAL_NANOS;
      while (System.nanoTime() < planned) {
        // The client shares the cores with the venue: whoever can run may.
        Thread.yield();
      }
      venue.publish(commands, first + i, planned);
    }
    venue.awaitAnswers();
    venue.listen(_ -> {});
    return histogram;
  }

  private static FileChannel preallocated(Path file) throws java.io.IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (int i = 0; i < 16; i++) {
      channel.write(zeros.clear(), (long) i << 20);
    }
    channel.force(true);
    return channel;
  }

  private static double syncMicroseconds(FileChannel channel) throws java.io.IOException {
    Histogram histogram = new Histogram(60_000_000_000L, 3);
    ByteBuffer bytes = ByteBuffer.allocateDirect(SYNC_BYTES);
    for (int i = 0; i < SYNCS; i++) {
      bytes.clear();
      bytes.putInt(0, i);
      channel.write(bytes, (long) (i * SYNC_BYTES & (1 << 24) - 1));
      long start = System.nanoTime();
      channel.force(false);
      histogram.recordValue(System.nanoTime() - start);
    }
    return histogram.getValueAtPercentile(50) / 1e3;
  }
}
