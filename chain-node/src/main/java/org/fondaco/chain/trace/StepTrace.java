package org.fondaco.chain.trace;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.evm.Halt;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Geth's default: one entry a step ("struct logs"), as the execution-apis specification writes
 * them.
 */
final class StepTrace implements TransactionTrace {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int SLOAD = 0x54;
  private static final int SSTORE = 0x55;

  /** About what an entry without stack and memory takes, and a word within it. */
  private static final int ENTRY_BYTES = 600;

  private static final int WORD_BYTES = 100;

  private final TraceOptions options;
  private final WorldState state;
  private final ArrayNode steps = JSON.arrayNode();
  private final Map<Address, Map<U256, U256>> storage = new HashMap<>();
  private @Nullable ObjectNode open;
  private final Budget budget;

  StepTrace(TraceOptions options, WorldState state, Budget budget) {
    this.options = options;
    this.state = state;
    this.budget = budget;
  }

  @Override
  public void step(Step step) {
    open = null;
    if (options.limit() > 0 && steps.size() >= options.limit()) {
      return;
    }
    budget.take(ENTRY_BYTES);
    ObjectNode entry = steps.addObject();
    entry.put("pc", step.position());
    entry.put("op", OperationNames.of(step.operation()));
    entry.put("gas", step.gas());
    entry.put("gasCost", 0);
    entry.put("depth", step.depth() + 1);
    if (!options.disableStack()) {
      stack(step, entry);
    }
    if (options.enableReturnData()) {
      byte[] returned = step.returnData();
      if (returned.length > 0) {
        budget.take(2L * returned.length);
        entry.put("returnData", Hex.encode(returned));
      }
    }
    if (options.enableMemory()) {
      memory(step, entry);
    }
    if (!options.disableStorage()) {
      storage(step, entry);
    }
    if (state.refund() > 0) {
      entry.put("refund", state.refund());
    }
    open = entry;
  }

  private void stack(Step step, ObjectNode entry) {
    ArrayNode words = entry.putArray("stack");
    for (int i = step.stackSize() - 1; i >= 0; i--) {
      words.add(step.stack(i).toString());
    }
    budget.take((long) WORD_BYTES * words.size());
  }

  private void memory(Step step, ObjectNode entry) {
    byte[] memory = step.memory();
    ArrayNode words = entry.putArray("memory");
    for (int at = 0; at < memory.length; at += U256.BYTES) {
      words.add("0x" + HexFormat.of().formatHex(memory, at, at + U256.BYTES));
    }
    budget.take((long) WORD_BYTES * words.size());
  }

  /** All slots that this contract's steps have named so far, where one names one. */
  private void storage(Step step, ObjectNode entry) {
    boolean loads = step.operation() == SLOAD && step.stackSize() >= 1;
    boolean stores = step.operation() == SSTORE && step.stackSize() >= 2;
    if (!loads && !stores) {
      return;
    }
    Address self = step.message().self();
    U256 key = step.stack(0);
    Map<U256, U256> seen = storage.computeIfAbsent(self, _ -> new TreeMap<>());
    seen.put(key, loads ? state.storage(self, key) : step.stack(1));
    ObjectNode slots = entry.putObject("storage");
    seen.forEach((slot, value) -> slots.put(padded(slot), padded(value)));
    budget.take(3L * WORD_BYTES * seen.size());
  }

  private static String padded(U256 word) {
    return Hex.encode(word.toBytes32());
  }

  @Override
  public void executed(long gas, @Nullable Halt halt) {
    if (open != null) {
      open.put("gasCost", gas);
      if (halt != null) {
        open.put("error", halt.getMessage());
      }
    }
  }

  @Override
  public JsonNode result(Outcome.Executed outcome) {
    ObjectNode result = JSON.objectNode();
    result.put("gas", outcome.gasUsed());
    result.put("failed", !outcome.result().success());
    result.put("returnValue", Hex.encode(outcome.result().output()));
    result.set("structLogs", steps);
    return result;
  }
}
