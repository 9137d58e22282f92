package org.fondaco.api.torture;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a venue answered. */
record Reply(int status, JsonNode body, String contentType) {

  /** No answer at all. */
  static final Reply NONE = new Reply(0, JsonNodeFactory.instance.objectNode(), "");

  boolean ok() {
    return status == 200;
  }

  /** The venue's code of a refusal, 0 = none. */
  int code() {
    return body.isObject() && body.has("code") ? body.get("code").asInt() : 0;
  }

  /**
   * Whether the venue says that it may or may not have done it [rest-api.md §HTTP Return Codes].
   */
  boolean unknown() {
    return status >= 500 && code() != -1008 && code() != -1016 && code() != -1001;
  }

  /**
   * The body.
   *
   * @throws IOException when this is a refusal
   */
  JsonNode orThrow() throws IOException {
    if (!ok()) {
      throw new IOException("answered " + status + " " + body);
    }
    return body;
  }

  /** This reply, which must be 200. */
  Reply expectOk() {
    if (!ok()) {
      throw new AssertionError("answered " + status + " " + body);
    }
    return this;
  }
}
