package org.fondaco.chain.trace;

import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import tools.jackson.databind.JsonNode;

/** Watches one transaction and says what it saw. */
interface TransactionTrace extends Tracer {
  /** Before anything is paid. */
  default void begin(Call call) {}

  /** After everything is settled. */
  JsonNode result(Outcome.Executed outcome);

  /** Geth's word for how it ended; null if well. */
  static @org.jspecify.annotations.Nullable String error(Result result) {
    if (result.success()) {
      return null;
    }
    return result.halt() == null ? "execution reverted" : result.halt().getMessage();
  }
}
