package org.fondaco.custody.chain;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON-RPC calls to one node. */
interface JsonRpc {

  /**
   * Calls a method and returns its result.
   *
   * @param params strings, numbers, booleans, null, lists or maps of such
   * @throws RpcError when the node answers with an error
   * @throws NodeUnavailable when there is no usable answer
   */
  JsonNode call(String method, @Nullable Object... params);
}
