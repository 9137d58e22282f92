package org.fondaco.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.custody.LiabilityLoad;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;

/** An epoch of liabilities from the balances to its root, beside the hashes alone. */
final class LiabilitiesRow implements Row {

  @Override
  public String name() {
    return "liabilities";
  }

  @Override
  public String summary() {
    return "accounts a second into an epoch of liabilities; peer: its SHA-256 alone, one thread";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    long accounts = plan.quick() ? 50_000 : 1_000_000;
    List<Double> first = new ArrayList<>();
    List<Double> further = new ArrayList<>();
    try (LiabilityLoad load =
        new LiabilityLoad(Folders.make(plan, "liabilities"), accounts, plan.seed())) {
      Alternation result =
          Alternation.of(
              1,
              plan.samples(),
              () -> {
                double rate = load.make();
                first.add(load.firstProof());
                further.add(load.proofs());
                return rate;
              },
              load::hashes);
      Map<String, List<Double>> samples = new LinkedHashMap<>(result.samples());
      samples.put("oursFirstProofSeconds", first.subList(1, first.size()));
      samples.put("oursProofs", further.subList(1, further.size()));
      return new Result(
          name(),
          "Accounts a second into a committed epoch: balances read in one snapshot, leaves stored,"
              + " salted, hashed, ordered, and the Merkle sum tree over them.",
          "HMAC-SHA256 of each salt and SHA-256 of each leaf and parent, over nothing, by one thread.",
          result.ours(),
          result.peer(),
          "accounts/s",
          result.ratio(),
          "none set; beside the peer",
          true,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          samples,
          List.of(
              "number of leaves and total are those of the balances",
              "every proof holds, and leads to the published root"),
          List.of(
              String.format(
                  Locale.ROOT,
                  "%,d accounts of one asset: %.1f s.",
                  accounts,
                  accounts / result.ours()),
              String.format(
                  Locale.ROOT,
                  "The first proof after a restart: %.1f s; each further one: %,.0f a second.",
                  Alternation.median(samples.get("oursFirstProofSeconds")),
                  Alternation.median(samples.get("oursProofs")))));
    }
  }
}
