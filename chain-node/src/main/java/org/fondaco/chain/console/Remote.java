package org.fondaco.chain.console;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 calls, one at a time. */
public final class Remote implements AutoCloseable {
  private final Endpoint endpoint;
  private long lastId;

  /**
   * Opens {@code http(s)://…}, {@code ws(s)://…}, a socket's path, or the socket in a data folder.
   *
   * @throws IOException if nobody listens there
   */
  public static Remote open(String where) throws IOException, InterruptedException {
    return new Remote(Endpoint.open(where));
  }

  Remote(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The result of a method.
   *
   * @param params an array
   * @throws RemoteException if the node refuses
   * @throws IOException if the node cannot be reached
   */
  public JsonNode call(String method, JsonNode params)
      throws IOException, RemoteException, InterruptedException {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request.put("jsonrpc", "2.0");
    request.put("id", ++lastId);
    request.put("method", method);
    request.set("params", params);
    JsonNode answer = endpoint.exchange(request);
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RemoteException(
          error.path("code").asInt(0), error.path("message").asString(), error.path("data"));
    }
    return answer.path("result");
  }

  /** A request, or a batch, as it is given; its answer as it comes. */
  JsonNode raw(JsonNode request) throws IOException, InterruptedException {
    return endpoint.exchange(request);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
