package org.fondaco.bench;

import java.util.List;
import org.fondaco.bench.exchangecore.PeerBook;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.workload.Workload;
import org.fondaco.bench.workload.WorkloadGenerator;

final class BookRow implements Row {
  @Override
  public String name() {
    return "book";
  }

  @Override
  public String summary() {
    return "book alone";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Workload workload = WorkloadGenerator.generate(plan.workload(), plan.seed());
    Alternation result =
        Alternation.of(2, plan.samples(), () -> peer(workload), () -> peer(workload));
    return new Result(
        name(),
        "",
        "",
        result.ours(),
        result.peer(),
        "commands/s",
        result.ratio(),
        "",
        true,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        result.samples(),
        List.of(),
        List.of());
  }

  private static double peer(Workload workload) {
    PeerBook book = new PeerBook(workload);
    book.run(0, workload.fillCount());
    long start = System.nanoTime();
    book.run(workload.fillCount(), workload.count());
    return (workload.count() - workload.fillCount()) * 1e9 / (System.nanoTime() - start);
  }
}
