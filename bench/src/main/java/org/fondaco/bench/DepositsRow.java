package org.fondaco.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.custody.DepositLoad;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;

/** Deposits through scanner, confirmation and outbox, beside a plain INSERT of each. */
final class DepositsRow implements Row {

  @Override
  public String name() {
    return "deposits";
  }

  @Override
  public String summary() {
    return "deposits a second, from blocks to credits for the ledger; peer: a plain INSERT of each";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int blocks = plan.quick() ? 2 : 4;
    int inBlock = plan.quick() ? 250 : 1_000;
    List<Double> credited = new ArrayList<>();
    try (DepositLoad load = new DepositLoad(Folders.make(plan, "deposits"), blocks, inBlock)) {
      Alternation result =
          Alternation.of(
              1,
              plan.samples(),
              () -> {
                double rate = load.scan();
                credited.add(load.dispatched());
                return rate;
              },
              load::plain);
      Map<String, List<Double>> samples = new LinkedHashMap<>(result.samples());
      samples.put("oursDispatched", credited.subList(1, credited.size()));
      return new Result(
          name(),
          "Deposits a second on two chains: blocks read, deposits and their coins written, confirmed"
              + " after the venue's default depths, and their credits written into the outbox.",
          "One prepared INSERT of each deposit into a table with the same columns and indexes, in the"
              + " same PostgreSQL, a commit for each block.",
          result.ours(),
          result.peer(),
          "deposits/s",
          result.ratio(),
          "none set; beside the peer",
          true,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          samples,
          List.of(
              "every deposit was confirmed, and credited once with its own amount to its own account",
              "no breaks"),
          List.of(
              String.format(
                  Locale.ROOT,
                  "%,d deposits a sample in %d blocks with %,d each, half Bitcoin, a quarter ether, a"
                      + " quarter USDT, and %d empty blocks; 10,000 customers; nodes in memory.",
                  load.deposits(),
                  2 * blocks,
                  inBlock,
                  24),
              String.format(
                  Locale.ROOT,
                  "Delivering the credits to a ledger in memory and writing its answers: %,.0f a second.",
                  Alternation.median(samples.get("oursDispatched")))));
    }
  }
}
