package org.fondaco.bench;

import java.util.List;
import java.util.Locale;
import org.fondaco.bench.custody.ReconciliationLoad;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;

/** A cut over a million customers, beside the same sums by hand. */
final class ReconciliationRow implements Row {

  @Override
  public String name() {
    return "reconciliation";
  }

  @Override
  public String summary() {
    return "seconds of a reconciliation over a million accounts; peer: the sums by hand in psql";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    long accounts = plan.quick() ? 20_000 : 1_000_000;
    try (ReconciliationLoad load =
        new ReconciliationLoad(Folders.make(plan, "reconciliation"), accounts)) {
      Alternation result = Alternation.of(1, plan.samples(), load::cut, load::sums);
      return new Result(
          name(),
          "Seconds of a cut over three assets on two chains, from the Mark to the committed result:"
              + " terms, holdings, and every holding asked for at the nodes.",
          "The same sums, each over its whole table, by hand-written queries in psql: no cut, no"
              + " nodes, no terms.",
          result.ours(),
          result.peer(),
          "s",
          result.ratio(),
          "none set; beside the peer",
          true,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          result.samples(),
          List.of("every cut is done, of every asset, and finds no difference"),
          List.of(
              String.format(
                  Locale.ROOT,
                  "%,d accounts, %,d deposits of which nineteen in twenty are swept, a fifth as many"
                      + " withdrawals; nodes in memory, asked %,d questions a cut.",
                  accounts,
                  load.deposits(),
                  load.questions())));
    }
  }
}
