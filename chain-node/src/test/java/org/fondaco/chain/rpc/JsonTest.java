package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {
  /** As {@code debug_traceTransaction} answers of a program that calls itself 1024 deep. */
  @Test
  void aTraceOfTheDeepestCallsCanBeWritten() {
    ObjectNode call = JsonNodeFactory.instance.objectNode();
    for (int depth = 0; depth < 1_024; depth++) {
      ObjectNode caller = JsonNodeFactory.instance.objectNode();
      caller.putArray("calls").add(call);
      call = caller;
    }
    String text = new String(Json.bytes(call), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith("{\"calls\":[{\"calls\":[")
        .endsWith("]}]}")
        .hasSize(12 * 1_024 + 2);
  }
}
