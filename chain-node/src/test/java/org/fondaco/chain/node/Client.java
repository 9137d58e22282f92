package org.fondaco.chain.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a node over HTTP. */
final class Client implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  Client(String url) {
    this.url = URI.create(url);
  }

  /** The result. */
  JsonNode call(String method, Object... parameters) {
    JsonNode answer = answer(method, parameters);
    if (!answer.has("result")) {
      throw new AssertionError(method + ": " + answer);
    }
    return answer.path("result");
  }

  /** The error's message. */
  String refusal(String method, Object... parameters) {
    JsonNode answer = answer(method, parameters);
    if (!answer.has("error")) {
      throw new AssertionError(method + " is not refused: " + answer);
    }
    return answer.path("error").path("message").asString();
  }

  private JsonNode answer(String method, Object... parameters) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    ArrayNode array = request.putArray("params");
    for (Object parameter : parameters) {
      array.add(JSON.<JsonNode>valueToTree(parameter));
    }
    try {
      return JSON.readTree(
          http.send(
                  HttpRequest.newBuilder(url)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
