package org.fondaco.chain.utxo.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private record Passed(Hash wtxid, ScriptFlags flags) {}

  private final Set<Passed> passed =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Passed, Boolean> eldest) {
                  return size() > REMEMBERED_MAX;
                }
              }));

  private record Task(Spending spending, int index) {}

  /** The first error's words, or nothing if every input may spend what it spends. */
  public Optional<String> check(List<Spending> spendings, ScriptFlags flags) {
    List<Task> tasks = new ArrayList<>();
    for (Spending spending : spendings) {
      if (!passed.contains(remembered(spending, flags))) {
        for (int i = 0; i < spending.spent().size(); i++) {
          tasks.add(new Task(spending, i));
        }
      }
    }
    Optional<String> wrong =
        tasks.parallelStream()
            .map(task -> ScriptVerifier.verify(task.spending, task.index, flags))
            .filter(error -> error != ScriptError.OK)
            .map(ScriptError::message)
            .findFirst();
    if (wrong.isEmpty()) {
      spendings.forEach(spending -> passed.remove(remembered(spending, flags)));
    }
    return wrong;
  }

  /**
   * The same for one transaction of the pool, which is remembered for its block.
   *
   * @param flags what the pool asks
   * @param consensus what the next block will ask, which are among them
   */
  public Optional<ScriptError> checkForPool(
      Spending spending, ScriptFlags flags, ScriptFlags consensus) {
    for (int i = 0; i < spending.spent().size(); i++) {
      ScriptError error = ScriptVerifier.verify(spending, i, flags);
      if (error != ScriptError.OK) {
        return Optional.of(error);
      }
    }
    if (flags.hasAll(consensus)) {
      passed.add(remembered(spending, consensus));
    }
    return Optional.empty();
  }

  private static Passed remembered(Spending spending, ScriptFlags flags) {
    return new Passed(spending.transaction().wtxid(), flags);
  }
}
