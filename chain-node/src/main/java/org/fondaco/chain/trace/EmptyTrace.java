package org.fondaco.chain.trace;

import org.fondaco.chain.transition.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Geth's {@code noopTracer}: shows what re-execution alone costs. */
final class EmptyTrace implements TransactionTrace {
  @Override
  public boolean wantsSteps() {
    return false;
  }

  @Override
  public JsonNode result(Outcome.Executed outcome) {
    return JsonNodeFactory.instance.objectNode();
  }
}
