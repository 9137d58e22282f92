package org.fondaco.bench.chain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a node's JSON-RPC over HTTP. Any thread may call it. */
public final class JsonRpc {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  public JsonRpc(String url) {
    this.url = URI.create(url);
  }

  /**
   * The result of a call; a JSON null may be one.
   *
   * @throws IOException when the node answers an error or not at all
   */
  public JsonNode call(String method, Object... parameters)
      throws IOException, InterruptedException {
    byte[] body =
        JsonMapper.shared()
            .writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    JsonNode answer =
        JsonMapper.shared()
            .readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }
}
