package org.fondaco.chain.trace;

import org.fondaco.chain.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a debug method's last parameter asks for.
 *
 * @param tracer geth's name; empty for the steps
 * @param timeoutMs until the trace is given up; 5 s if nothing else is asked
 * @param limit of steps; 0 for none
 */
record TraceOptions(
    String tracer,
    JsonNode tracerConfig,
    long timeoutMs,
    boolean disableStack,
    boolean enableMemory,
    boolean disableStorage,
    boolean enableReturnData,
    int limit) {
  static final long TIMEOUT_MS = 5_000;

  /** Runs without a word. */
  static final TraceOptions NOTHING =
      new TraceOptions(
          "noopTracer",
          JsonNodeFactory.instance.missingNode(),
          TIMEOUT_MS,
          true,
          false,
          true,
          false,
          0);

  /**
   * Reads the options, or takes the defaults for null.
   *
   * @throws RpcException if they are malformed
   */
  static TraceOptions read(@Nullable JsonNode given) throws RpcException {
    JsonNode json = given == null ? JsonNodeFactory.instance.objectNode() : given;
    if (!json.isObject()) {
      throw RpcException.invalidParams("trace options are an object");
    }
    JsonNode timeout = json.path("timeout");
    return new TraceOptions(
        json.path("tracer").asString(""),
        json.path("tracerConfig"),
        timeout.isString() ? Durations.millis(timeout.stringValue()) : TIMEOUT_MS,
        flag(json, "disableStack"),
        flag(json, "enableMemory"),
        flag(json, "disableStorage"),
        flag(json, "enableReturnData"),
        Math.max(0, json.path("limit").asInt(0)));
  }

  /** A switch of the tracer's own. */
  boolean flag(String name) {
    return flag(tracerConfig, name);
  }

  private static boolean flag(JsonNode json, String name) {
    return json.path(name).asBoolean(false);
  }
}
