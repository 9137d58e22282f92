package org.fondaco.chain.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Geth's {@code 4byteTracer}: how often each function was called, by its selector and the length of
 * its arguments in bytes.
 */
final class SelectorTrace implements TransactionTrace {
  private static final int SELECTOR_BYTES = 4;

  private final Precompiles precompiles;
  private final Map<String, Integer> counts = new TreeMap<>();

  SelectorTrace(Precompiles precompiles) {
    this.precompiles = precompiles;
  }

  @Override
  public boolean wantsSteps() {
    return false;
  }

  @Override
  public void enter(Message message, int depth) {
    byte[] input = message.input();
    if (message.kind().creates()
        || input.length < SELECTOR_BYTES
        || precompiles.at(message.codeAddress()) != null) {
      return;
    }
    String selector = Hex.encode(Arrays.copyOf(input, SELECTOR_BYTES));
    counts.merge(selector + "-" + (input.length - SELECTOR_BYTES), 1, Integer::sum);
  }

  @Override
  public JsonNode result(Outcome.Executed outcome) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    counts.forEach(result::put);
    return result;
  }
}
