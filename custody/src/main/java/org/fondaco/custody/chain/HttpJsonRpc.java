package org.fondaco.custody.chain;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC over HTTP/1.1 with Basic authentication. Decimals are read as {@link BigDecimal}. */
final class HttpJsonRpc implements JsonRpc {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int UNAUTHORIZED = 401;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final NodeAddress address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AtomicLong ids = new AtomicLong();
  private volatile @Nullable String authorization;

  HttpJsonRpc(NodeAddress address) {
    this.address = address;
  }

  @Override
  public JsonNode call(String method, @Nullable Object... params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", ids.incrementAndGet());
    body.put("method", method);
    body.put("params", params);
    byte[] request = JSON.writeValueAsBytes(body);
    HttpResponse<byte[]> response = exchange(method, request);
    if (response.statusCode() == UNAUTHORIZED && address.cookie() != null) {
      // A node that was started again has a new cookie.
      authorization = null;
      response = exchange(method, request);
    }
    return result(method, response);
  }

  private HttpResponse<byte[]> exchange(String method, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    authorization().ifPresent(value -> request.header("Authorization", value));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new NodeUnavailable(method + " at " + address + ": " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeUnavailable(method + " at " + address + ": interrupted", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private Optional<String> authorization() {
    String known = authorization;
    if (known != null) {
      return Optional.of(known);
    }
    String login = login();
    if (login == null) {
      return Optional.empty();
    }
    byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
    String value = "Basic " + Base64.getEncoder().encodeToString(bytes);
    authorization = value;
    return Optional.of(value);
  }

  private @Nullable String login() {
    if (address.user() != null) {
      return address.user() + ":" + address.password();
    }
    if (address.cookie() == null) {
      return null;
    }
    try {
      return Files.readString(address.cookie()).strip();
    } catch (IOException e) {
      throw new NodeUnavailable("the cookie of " + address + " cannot be read", e);
    }
  }

  /** An error has a body of its own in Core's world, whatever the HTTP status says. */
  private JsonNode result(String method, HttpResponse<byte[]> response) {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new NodeUnavailable(
          method + " at " + address + ": HTTP " + response.statusCode() + " without JSON", e);
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcError(
          method, error.path("code").asInt(0), error.path("message").asString("no message"));
    }
    if (!answer.has("result")) {
      throw new NodeUnavailable(
          method + " at " + address + ": HTTP " + response.statusCode() + " without a result");
    }
    return answer.path("result");
  }
}
