package org.fondaco.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.bench.engine.Contender;
import org.fondaco.bench.engine.EncodedCommands;
import org.fondaco.bench.engine.RingRun;
import org.fondaco.bench.engine.Venue;
import org.fondaco.bench.exchangecore.PeerProcess;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;

/** The engine in process with balances, fees and all checks, beside the whole of exchange-core. */
final class EngineRow implements Row {

  /** In 10^-8: a tenth and a fifth of a per mille. */
  static final long MAKER_RATE = 10_000;

  static final long TAKER_RATE = 20_000;

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String summary() {
    return "engine in process, one producer; peer: exchange-core, exchange symbol, yielding";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    EncodedCommands setUp = Venue.setUp(workload, MAKER_RATE, TAKER_RATE);
    EncodedCommands fill = Venue.orders(workload, 0, workload.fillCount(), true);
    EncodedCommands measured = Venue.orders(workload, workload.fillCount(), workload.count(), true);
    List<Double> engineThreadAlone = new ArrayList<>();
    try (PeerProcess peer = PeerProcess.start(workload, Folders.make(plan, "peer"))) {
      Alternation result =
          Alternation.of(
              2,
              plan.samples(),
              () -> {
                engineThreadAlone.add(direct(workload, setUp, fill, measured));
                return ring(workload, setUp, fill, measured);
              },
              () -> peer(workload, peer, false));
      Map<String, List<Double>> samples = result.samples();
      samples.put("oursWithoutRing", engineThreadAlone);
      return new Result(
          name(),
          "Commands a second through the engine in process, with balances, fees, filters, client"
              + " order ids and duplicate detection, from one producer thread over a ring.",
          "exchange-core 0.5.3 whole, an exchange symbol with fees, yielding waits, one risk and one"
              + " matching engine, in a JVM 17.",
          result.ours(),
          result.peer(),
          "commands/s",
          result.ratio(),
          "≥ 2 × the peer",
          result.ratio() >= 2,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags() + " | " + peer.flags(),
          samples,
          List.of(
              "every run made the generator's trades in the generator's order",
              "no command was refused by either",
              "final books equal the generator's, order by order (ours) and level by level (peer)",
              "every asset sums to zero and holds equal the sum of their records"),
          List.of(
              "Workload "
                  + plan.workload().name()
                  + ", "
                  + measured.count()
                  + " commands, "
                  + workload.expected().trades()
                  + " trades, seed "
                  + plan.seed()
                  + ".",
              "oursWithoutRing is the engine called directly, without producer and ring."));
    }
  }

  private static Contender prepared(
      Workload workload, EncodedCommands setUp, EncodedCommands fill) {
    Contender contender = new Contender(workload);
    contender.apply(setUp);
    contender.apply(fill);
    System.gc();
    return contender;
  }

  private static double ring(
      Workload workload, EncodedCommands setUp, EncodedCommands fill, EncodedCommands measured)
      throws InterruptedException {
    Contender contender = prepared(workload, setUp, fill);
    long before = contender.trades();
    long nanos = RingRun.nanoseconds(contender, measured);
    check(workload, contender, before);
    return measured.count() * 1e9 / nanos;
  }

  private static double direct(
      Workload workload, EncodedCommands setUp, EncodedCommands fill, EncodedCommands measured) {
    Contender contender = prepared(workload, setUp, fill);
    long before = contender.trades();
    long start = System.nanoTime();
    contender.apply(measured);
    long nanos = System.nanoTime() - start;
    check(workload, contender, before);
    return measured.count() * 1e9 / nanos;
  }

  private static void check(Workload workload, Contender contender, long tradesBefore) {
    Workload.Digest expected = workload.expected();
    Workload.Digest actual = contender.digest();
    CheckFailed.equal("refused commands", 0, contender.refused());
    CheckFailed.equal("trades", expected.trades(), contender.trades() - tradesBefore);
    CheckFailed.equal("hash of trades", expected.tradeHash(), actual.tradeHash());
    CheckFailed.equal("hash of orders", expected.ordersHash(), actual.ordersHash());
    CheckFailed.equal("hash of levels", expected.levelsHash(), actual.levelsHash());
  }

  /** A run of the peer in commands a second, checked. */
  static double peer(Workload workload, PeerProcess peer, boolean journalling) throws Exception {
    PeerProcess.Run run = peer.run(journalling);
    Workload.Digest expected = workload.expected();
    CheckFailed.equal("peer's refused commands", 0, run.failures());
    CheckFailed.equal("peer's trades", expected.trades(), run.trades());
    CheckFailed.equal("peer's hash of trades", expected.tradeHash(), run.tradeHash());
    CheckFailed.equal("peer's hash of levels", expected.levelsHash(), run.levelsHash());
    return (workload.count() - workload.fillCount()) * 1e9 / run.nanoseconds();
  }
}
