package org.fondaco.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.chain.Machines;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.speed.Program;

/** Gas a second of the machine, beside anvil's and @ethereumjs/evm. */
final class EvmRow implements Row {
  private static final double ANVIL_RATIO_MIN = 0.3;
  private static final double ETHEREUM_JS_RATIO_MIN = 8;

  /** ethereumjs gets a fraction of the work, so that a round does not wait for it. */
  private static final int ETHEREUM_JS_SHARE = 16;

  private static final long CHECKED_REPETITIONS = 500;

  @Override
  public String name() {
    return "evm";
  }

  @Override
  public String summary() {
    return "EVM gas/s: loop, arithmetic, keccak, storage, ERC-20 transfers; peers: anvil, ethereumjs";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    try (Machines machines = Machines.start()) {
      for (Program program : Program.all()) {
        measure(plan, machines, program, samples);
      }
    }
    return result(samples);
  }

  /** Rounds of all three in turn; the first do not count. */
  private static void measure(
      Plan plan, Machines machines, Program program, Map<String, List<Double>> samples)
      throws IOException, InterruptedException {
    machines.prepareAnvil(program);
    check(machines, program);
    long gas = plan.quick() ? 50_000_000 : 300_000_000;
    long repetitions = gas * CHECKED_REPETITIONS / machines.gas(program, CHECKED_REPETITIONS) + 1;
    long spent = machines.gas(program, repetitions);
    int warmUps = plan.quick() ? 1 : 3;
    for (int i = -warmUps; i < plan.samples(); i++) {
      double ours = machines.ours(program, repetitions);
      double anvil = machines.anvil(repetitions, spent);
      double script =
          machines.ethereumJs(program, repetitions / ETHEREUM_JS_SHARE).megagasPerSecond();
      System.err.printf(
          "  %s %s ours %,.0f anvil %,.0f ethereumjs %,.1f%n",
          program.name(), i < 0 ? "warm-up" : "sample", ours, anvil, script);
      if (i >= 0) {
        samples.computeIfAbsent("ours " + program.name(), _ -> new ArrayList<>()).add(ours);
        samples.computeIfAbsent("anvil " + program.name(), _ -> new ArrayList<>()).add(anvil);
        samples.computeIfAbsent("ethereumjs " + program.name(), _ -> new ArrayList<>()).add(script);
      }
    }
  }

  private static void check(Machines machines, Program program)
      throws IOException, InterruptedException {
    long expected = machines.gas(program, CHECKED_REPETITIONS);
    CheckFailed.equal(
        "gas of " + program.name() + " on anvil", expected, machines.anvilGas(CHECKED_REPETITIONS));
    CheckFailed.equal(
        "gas of " + program.name() + " on ethereumjs",
        expected,
        machines.ethereumJs(program, CHECKED_REPETITIONS).gas());
  }

  private Result result(Map<String, List<Double>> samples) throws Exception {
    List<String> notes = new ArrayList<>();
    boolean met = true;
    double oursLogarithm = 0;
    double anvilLogarithm = 0;
    for (Program program : Program.all()) {
      double ours = Alternation.median(samples.getOrDefault("ours " + program.name(), List.of()));
      double anvil = Alternation.median(samples.getOrDefault("anvil " + program.name(), List.of()));
      double script =
          Alternation.median(samples.getOrDefault("ethereumjs " + program.name(), List.of()));
      oursLogarithm += Math.log(ours);
      anvilLogarithm += Math.log(anvil);
      met &= ours >= ANVIL_RATIO_MIN * anvil && ours >= ETHEREUM_JS_RATIO_MIN * script;
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: ours %,.0f, anvil %,.0f, ethereumjs %,.1f Mgas/s; %.2f × anvil, %.1f × ethereumjs.",
              program.name(),
              ours,
              anvil,
              script,
              ours / anvil,
              ours / script));
    }
    notes.add("anvil's time includes one request over HTTP a sample, about a millisecond.");
    int programs = Program.all().size();
    double ours = Math.exp(oursLogarithm / programs);
    double anvil = Math.exp(anvilLogarithm / programs);
    return new Result(
        name(),
        "Millions of gas a second on one thread, Cancun's rules, geometric mean of the programs.",
        "anvil 1.7.1 through eth_call; also @ethereumjs/evm 10.1.3 on Node, see the notes.",
        ours,
        anvil,
        "Mgas/s",
        ours / anvil,
        "each program ≥ 0.3 × anvil and ≥ 8 × ethereumjs",
        met,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("all three machines spend the same gas on " + CHECKED_REPETITIONS + " repetitions"),
        notes);
  }
}
