package org.fondaco.api.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC of a node that may be gone, or be somewhere else the next time. */
final class NodeRpc {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Where where;

  /**
   * A node's address.
   *
   * @param login {@code user:password}, empty for none
   * @param dollar contract of USDT, empty where there is none
   */
  record Address(String url, String login, String dollar) {}

  /** Asked before each call. */
  @FunctionalInterface
  interface Where {
    Address now() throws IOException;
  }

  NodeRpc(Where where) {
    this.where = where;
  }

  /** A node that a demo's credentials name; after a restart it has another port and password. */
  static NodeRpc embedded(Path folder, String chain) {
    return new NodeRpc(() -> read(folder, chain));
  }

  private static Address read(Path folder, String chain) throws IOException {
    JsonNode nodes =
        JSON.readTree(Files.readAllBytes(folder.resolve("demo-credentials.json"))).path("nodes");
    for (JsonNode node : nodes) {
      if (node.path("chain").asString().equals(chain)) {
        String cookie = node.path("cookie").asString();
        return new Address(
            node.path("url").asString(),
            cookie.isEmpty() ? "" : Files.readString(Path.of(cookie)).strip(),
            node.path("dollar").asString());
      }
    }
    throw new IOException("no node of " + chain);
  }

  /** Contract of USDT, 0x and 40 digits. */
  String dollar() throws IOException {
    return where.now().dollar;
  }

  /**
   * @throws IOException when there is no answer, or a refusal; what was asked may be done
   */
  JsonNode call(String method, Object... params) throws IOException, InterruptedException {
    Address node = where.now();
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!node.login.isEmpty()) {
      byte[] login = node.login.getBytes(StandardCharsets.US_ASCII);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      JsonNode answer = JSON.readTree(response.body());
      if (answer.path("error").isObject()) {
        throw new IOException(method + ": " + answer.path("error"));
      }
      return answer.path("result");
    } catch (JacksonException e) {
      throw new IOException(method + ": HTTP " + response.statusCode(), e);
    }
  }
}
