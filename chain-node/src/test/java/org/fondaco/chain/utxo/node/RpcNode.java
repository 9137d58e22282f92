package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A node of a folder and its JSON-RPC over HTTP. */
final class RpcNode implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final UtxoNode node;

  RpcNode(String coin, Path folder) throws IOException {
    UtxoNetwork network = UtxoNetwork.of(coin, "regtest");
    node =
        UtxoNode.open(
            new UtxoNode.Settings(network, folder, "127.0.0.1", 0, "dealer:quote", 1, true));
  }

  UtxoNode node() {
    return node;
  }

  /** The whole answer of a call on a path, with parameters as JSON; quotes may be single. */
  JsonNode callOn(String path, String method, String params) throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("dealer:quote".getBytes(StandardCharsets.UTF_8));
    String body =
        "{\"id\":1,\"method\":\"" + method + "\",\"params\":" + params.replace('\'', '"') + "}";
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return MAPPER.readTree(response.body());
  }

  JsonNode resultOn(String path, String method, String params) throws Exception {
    JsonNode answer = callOn(path, method, params);
    assertThat(answer.path("error").isNull()).as(method + params + " " + answer).isTrue();
    return answer.path("result");
  }

  JsonNode result(String method, String params) throws Exception {
    return resultOn("/", method, params);
  }

  /** A result that is text or a number, as text. */
  String text(String method, String params) throws Exception {
    JsonNode result = result(method, params);
    return result.isString() ? result.stringValue() : result.toString();
  }

  void error(String method, String params, int code, String message) throws Exception {
    JsonNode error = callOn("/", method, params).path("error");
    assertThat(error.path("code").asInt()).as(method + params + " " + error).isEqualTo(code);
    assertThat(error.path("message").asString()).startsWith(message);
  }

  @Override
  public void close() {
    node.close();
    client.close();
  }
}
