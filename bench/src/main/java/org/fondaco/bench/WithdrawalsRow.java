package org.fondaco.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.custody.WithdrawalLoad;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;

/** Approved withdrawals until they are signed and sent, beside the least that keeps the promise. */
final class WithdrawalsRow implements Row {
  private static final int BATCH_MAX = 100;

  @Override
  public String name() {
    return "withdrawals";
  }

  @Override
  public String summary() {
    return "withdrawals planned, guarded, signed and sent a second; peer: sign, force, commit alone";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int count = plan.quick() ? 100 : 500;
    List<Double> approved = new ArrayList<>();
    try (WithdrawalLoad load = new WithdrawalLoad(Folders.make(plan, "withdrawals"), count)) {
      Alternation accounts =
          Alternation.of(
              1,
              plan.samples(),
              () -> {
                double rate = load.accounts();
                approved.add(load.approved());
                return rate;
              },
              () -> load.plain(1));
      Alternation outputs =
          Alternation.of(1, plan.samples(), load::outputs, () -> load.plain(BATCH_MAX));
      Map<String, List<Double>> samples = new LinkedHashMap<>(accounts.samples());
      outputs.samples().forEach((who, rates) -> samples.put(who + "Batched", rates));
      samples.put("oursApproved", approved.subList(1, approved.size()));
      return new Result(
          name(),
          "Ether withdrawals a second from approved to sent: policy asked again, nonce and funds"
              + " taken, the guard's entry forced to disk, signed by the vault, the raw transaction"
              + " committed before it leaves.",
          "The least that keeps the promise, each withdrawal for itself: a record forced to disk, one"
              + " libsecp256k1 signature, one INSERT committed.",
          accounts.ours(),
          accounts.peer(),
          "withdrawals/s",
          accounts.ratio(),
          "none set; beside the peer",
          true,
          Machine.here(),
          Machine.commit(),
          Machine.jvmFlags(),
          samples,
          List.of(
              "every withdrawal is in one group, every attempt is signed and sent once",
              "the guard has an entry for every attempt"),
          List.of(
              String.format(
                  Locale.ROOT,
                  "%,d withdrawals a sample; node and ledger in memory, database, guard file, vault,"
                      + " policy and audit log are the venue's.",
                  load.withdrawals()),
              String.format(
                  Locale.ROOT,
                  "Bitcoin, %d in a transaction: %,.0f a second beside %,.0f, ratio %.2f.",
                  BATCH_MAX,
                  outputs.ours(),
                  outputs.peer(),
                  outputs.ratio()),
              String.format(
                  Locale.ROOT,
                  "From the customer's request to the policy's word: %,.0f a second.",
                  Alternation.median(samples.get("oursApproved")))));
    }
  }
}
