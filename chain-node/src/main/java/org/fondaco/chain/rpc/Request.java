package org.fondaco.chain.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One message of a client, told apart as geth does. */
sealed interface Request {
  /**
   * A method is called.
   *
   * @param id null for a notification, which is not answered
   */
  record Call(@Nullable JsonNode id, String method, JsonNode params) implements Request {}

  /** Not for us: an answer to what nobody asked, or a notification of a subscription. */
  record Ignored() implements Request {}

  /** No JSON-RPC 2.0; {@code id} is null where it has none that could be given back. */
  record Invalid(@Nullable JsonNode id) implements Request {}

  static Request of(JsonNode message) {
    JsonNode id = message.path("id");
    boolean hasId = !id.isMissingNode();
    boolean validId = hasId && !id.isContainer();
    boolean versioned =
        message.path("jsonrpc").isString() && message.path("jsonrpc").stringValue().equals("2.0");
    String method = message.path("method").isString() ? message.path("method").stringValue() : "";
    JsonNode params = message.path("params");
    if (versioned && !method.isEmpty() && (validId || !hasId)) {
      return !hasId && method.endsWith("_subscription")
          ? new Ignored()
          : new Call(hasId ? id : null, method, params);
    }
    boolean answer = message.has("result") || message.has("error");
    if (versioned && validId && method.isEmpty() && params.isMissingNode() && answer) {
      return new Ignored();
    }
    return new Invalid(validId ? id : null);
  }
}
