package org.fondaco.bench;

import java.util.List;
import org.fondaco.bench.history.HistoryStore;
import org.fondaco.bench.history.RecordedGroups;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;

/** The way of events into PostgreSQL beside the fastest that PostgreSQL offers. */
final class ProjectorRow implements Row {

  @Override
  public String name() {
    return "projector";
  }

  @Override
  public String summary() {
    return "rows of history a second; peer: COPY of the same rows by psql, same PostgreSQL";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int commands = plan.quick() ? 40_000 : 300_000;
    RecordedGroups groups =
        RecordedGroups.record(Folders.make(plan, "recorded"), plan.seed(), commands);
    try (HistoryStore store = new HistoryStore(Folders.make(plan, "history"), groups)) {
      Alternation result = Alternation.of(1, plan.samples(), store::project, store::copy);
      return new Result(
          name(),
          "Rows of orders, trades, ledger entries, balances, volumes and klines written a second from"
              + " the engine's events, committed with the watermark every 8,192 commands.",
          "psql's COPY of the same final rows from text files into the same tables with the same"
              + " indexes, in one transaction.",
          result.ours(),
          result.peer(),
          "rows/s",
          result.ratio(),
          "≥ 0.5 × the peer",
          result.ratio() >= 0.5,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          result.samples(),
          List.of("after every run of either, all tables have the same rows"),
          List.of(
              store.rows() + " rows from " + commands + " commands.",
              "Ours decodes and folds the events, commits in many transactions, and rewrites rows"
                  + " that later batches change; the peer writes each final row once."));
    }
  }
}
