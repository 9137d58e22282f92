package org.fondaco.chain.utxo.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.word.Hash;

/**
 * Runs the scripts of many inputs on all processors, and remembers whole transactions that passed,
 * so that a block does not check again what the pool has checked. Safe for any thread.
 */
public final class ScriptChecks {
  private static final int REMEMBERED_MAX = 65_536;

  /** Bitcoin Cash since May 2020: signature checks of a transaction. */
  private static final int SIGNATURES_MAX = 3_000;

  private record Passed(Hash wtxid, ScriptFlags flags) {}

  private record Task(Spending spending, int index) {}

  private final Consensus consensus;

  /** With the number of signatures that were checked. */
  private final Map<Passed, Integer> passed =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Passed, Integer> eldest) {
              return size() > REMEMBERED_MAX;
            }
          });

  ScriptChecks(Consensus consensus) {
    this.consensus = consensus;
  }

  /** What is wrong with the transactions of a block; nothing if they may spend what they spend. */
  Optional<String> check(List<Spending> spendings, ScriptFlags flags) {
    List<Task> tasks = new ArrayList<>();
    long signatures = 0;
    for (Spending spending : spendings) {
      Integer known = passed.remove(new Passed(spending.transaction().wtxid(), flags));
      if (known != null) {
        signatures += known;
        continue;
      }
      for (int i = 0; i < spending.spent().size(); i++) {
        tasks.add(new Task(spending, i));
      }
    }
    List<CashVerifier.Result> results =
        tasks.parallelStream().map(task -> verify(task.spending, task.index, flags)).toList();
    int ofTransaction = 0;
    for (int i = 0; i < results.size(); i++) {
      ScriptError error = results.get(i).error();
      if (error != ScriptError.OK) {
        return Optional.of("block-script-verify-flag-failed (" + error.message() + ")");
      }
      ofTransaction = tasks.get(i).index == 0 ? 0 : ofTransaction;
      ofTransaction += results.get(i).signatures();
      signatures += results.get(i).signatures();
      if (consensus.isCash() && ofTransaction > SIGNATURES_MAX) {
        return Optional.of("bad-txn-sigchecks");
      }
    }
    return consensus.isCash() && signatures > consensus.limits().operationsMax()
        ? Optional.of("bad-blk-sigchecks")
        : Optional.empty();
  }

  /** Bitcoin counts signatures before it runs scripts, so there are none to count here. */
  private CashVerifier.Result verify(Spending spending, int index, ScriptFlags flags) {
    return consensus.isCash()
        ? CashVerifier.verify(spending, index, flags)
        : new CashVerifier.Result(ScriptVerifier.verify(spending, index, flags), 0);
  }

  /**
   * What is wrong with one transaction of the pool; nothing if nothing, and then it is remembered
   * for its block.
   *
   * @param flags what the next block will ask
   * @param standardOnly whether the pool asks more
   */
  public Optional<String> checkForPool(Spending spending, ScriptFlags flags, boolean standardOnly) {
    ScriptFlags more = consensus.isCash() ? CashVerifier.POLICY : ScriptFlags.STANDARD;
    ScriptFlags asked = standardOnly ? flags.with(more) : flags;
    int signatures = 0;
    for (int i = 0; i < spending.spent().size(); i++) {
      CashVerifier.Result result = verify(spending, i, asked);
      if (result.error() != ScriptError.OK) {
        return Optional.of("mempool-script-verify-flag-failed (" + result.error().message() + ")");
      }
      signatures += result.signatures();
    }
    if (consensus.isCash() && signatures > SIGNATURES_MAX) {
      return Optional.of("bad-txn-sigchecks");
    }
    passed.put(new Passed(spending.transaction().wtxid(), flags), signatures);
    return Optional.empty();
  }
}
