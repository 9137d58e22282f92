package org.fondaco.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;
import org.fondaco.bench.exchangecore.PeerBook;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;
import org.fondaco.engine.core.BookContender;

/** The book alone on one thread: place, cancel, move, reduce, without balances. */
final class BookRow implements Row {

  @Override
  public String name() {
    return "book";
  }

  @Override
  public String summary() {
    return "book structures alone, one thread; peer: exchange-core OrderBookDirectImpl in process";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    Alternation rate =
        Alternation.of(4, plan.samples(), () -> ours(workload), () -> peer(workload));
    Alternation tail =
        Alternation.of(1, plan.samples(), () -> oursTail(workload), () -> peerTail(workload));
    Map<String, List<Double>> samples = rate.samples();
    samples.put("oursP999Nanoseconds", tail.samples().getOrDefault("ours", List.of()));
    samples.put("peerP999Nanoseconds", tail.samples().getOrDefault("peer", List.of()));
    return new Result(
        name(),
        "Commands a second through the engine's orders, levels, ladders and order index with a plain"
            + " matching loop: no accounts, filters or events.",
        "exchange-core's OrderBookDirectImpl in the same JVM, its orders and trade events pooled.",
        rate.ours(),
        rate.peer(),
        "commands/s",
        rate.ratio(),
        "≥ 2 × the peer, p99.9 no worse",
        rate.ratio() >= 2 && tail.ours() <= tail.peer(),
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of(
            "both made the generator's trades in the generator's order",
            "neither refused a command",
            "final books equal the generator's, order by order and level by level"),
        List.of(
            "Workload " + plan.workload().name() + ", seed " + plan.seed() + ".",
            String.format(
                Locale.ROOT,
                "p99.9 of one command, clock reading included: ours %.0f ns, peer %.0f ns.",
                tail.ours(),
                tail.peer())));
  }

  private static double ours(Workload workload) {
    BookContender book = new BookContender(workload);
    book.run(0, workload.fillCount());
    long before = book.trades();
    long start = System.nanoTime();
    book.run(workload.fillCount(), workload.count());
    long nanos = System.nanoTime() - start;
    check(workload, book.digest(), before, book.failures());
    return rate(workload, nanos);
  }

  private static double peer(Workload workload) {
    PeerBook book = new PeerBook(workload);
    book.run(0, workload.fillCount());
    long before = book.trades();
    long start = System.nanoTime();
    book.run(workload.fillCount(), workload.count());
    long nanos = System.nanoTime() - start;
    check(workload, book.digest(), before, book.failures());
    return rate(workload, nanos);
  }

  private static double oursTail(Workload workload) {
    BookContender book = new BookContender(workload);
    book.run(0, workload.fillCount());
    return tail(workload, book::apply);
  }

  private static double peerTail(Workload workload) {
    PeerBook book = new PeerBook(workload);
    book.run(0, workload.fillCount());
    return tail(workload, book::apply);
  }

  private static double tail(Workload workload, IntConsumer apply) {
    Histogram histogram = new Histogram(10_000_000_000L, 3);
    long last = System.nanoTime();
    for (int row = workload.fillCount(); row < workload.count(); row++) {
      apply.accept(row);
      long now = System.nanoTime();
      histogram.recordValue(now - last);
      last = now;
    }
    return histogram.getValueAtPercentile(99.9);
  }

  private static double rate(Workload workload, long nanos) {
    return (workload.count() - workload.fillCount()) * 1e9 / nanos;
  }

  private static void check(
      Workload workload, Workload.Digest actual, long tradesBefore, long failures) {
    Workload.Digest expected = workload.expected();
    CheckFailed.equal("refused commands", 0, failures);
    CheckFailed.equal("trades", expected.trades(), actual.trades() - tradesBefore);
    CheckFailed.equal("hash of trades", expected.tradeHash(), actual.tradeHash());
    CheckFailed.equal("hash of orders", expected.ordersHash(), actual.ordersHash());
    CheckFailed.equal("hash of levels", expected.levelsHash(), actual.levelsHash());
  }
}
