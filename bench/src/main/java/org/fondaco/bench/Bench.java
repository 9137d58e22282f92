package org.fondaco.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.bench.report.Report;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Preset;
import org.fondaco.chain.utxo.pow.PowFunction;

/**
 * {@code ./fondaco bench [NAME…] [--quick] [--preset single|peak|medium]}: runs the rows named, or
 * all, and writes their results to bench/results (quick ones to bench/target/results). Exit code 1
 * when a row's own check failed.
 */
public final class Bench {

  private static final long SEED = 20_260_101;

  private Bench() {}

  static List<Row> rows() {
    return List.of(
        new BookRow(),
        new EngineRow(),
        new JournalRow(),
        new LatencyRow(),
        new ReplayRow(),
        new AllocationRow(),
        new RestRow(),
        new ProjectorRow(),
        new WebSocketApiRow(),
        new FanoutRow(),
        new EthashRow(),
        new StartupRow(),
        new EvmRow(),
        new TransfersRow(),
        new HashRow("sha256d", PowFunction.SHA256D, true),
        new HashRow("scrypt", PowFunction.SCRYPT, true),
        new HashRow("sixhash", PowFunction.SIX_HASH, false),
        new SignatureRow(),
        new LookupRow(),
        new ImportRow(),
        new DepositsRow(),
        new WithdrawalsRow(),
        new LiabilitiesRow(),
        new ReconciliationRow());
  }

  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>();
    boolean quick = false;
    Preset preset = Preset.SINGLE_PAIR;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--preset" -> preset = Preset.named(i + 1 < arguments.length ? arguments[++i] : "");
        case "--help", "--list" -> {
          rows().forEach(row -> System.out.printf("%-12s %s%n", row.name(), row.summary()));
          return;
        }
        default -> names.add(arguments[i]);
      }
    }
    List<Row> chosen = choose(names);
    Path target = Files.createDirectories(Path.of("bench", "target"));
    Path folder = Files.createTempDirectory(target, "run");
    Report report = new Report(quick ? target.resolve("results") : Path.of("bench", "results"));
    boolean sound = true;
    try {
      for (Row row : chosen) {
        sound &= run(row, new Plan(quick, preset, SEED, folder), report);
      }
    } finally {
      Folders.delete(folder);
    }
    System.exit(sound ? 0 : 1);
  }

  private static List<Row> choose(List<String> names) {
    if (names.isEmpty()) {
      return rows();
    }
    List<Row> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          rows().stream()
              .filter(row -> row.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no row " + name + "; see --list")));
    }
    return chosen;
  }

  private static boolean run(Row row, Plan plan, Report report) throws Exception {
    System.err.println(row.name() + ": " + row.summary());
    long start = System.nanoTime();
    try {
      Result result = row.run(plan);
      report.add(result);
      System.out.printf(
          "%-12s ours %s, peer %s %s, ratio %s; target %s: %s (%d s)%n",
          result.name(),
          Report.number(result.ours()),
          result.peer() == null ? "–" : Report.number(result.peer()),
          result.unit(),
          result.ratio() == null ? "–" : Report.number(result.ratio()),
          result.target(),
          result.met() ? "met" : "missed",
          (System.nanoTime() - start) / 1_000_000_000);
      return true;
    } catch (Row.CheckFailed e) {
      System.out.println(row.name() + " is void: " + e.getMessage());
      return false;
    } catch (IOException | RuntimeException e) {
      // The other rows may still be measured.
      System.out.println(row.name() + " failed: " + e);
      e.printStackTrace();
      return false;
    }
  }
}
