package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.api.security.ApiKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trader's client over real HTTP; each has a connection of its own. */
public final class ApiClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final ApiKeys.NewKey key;

  public ApiClient(URI base, ApiKeys.NewKey key) {
    this.base = base;
    this.key = key;
  }

  /** An answer as it came. */
  public record Reply(int status, String text, HttpResponse<String> response) {

    public JsonNode json() {
      return JSON.readTree(text);
    }

    public int code() {
      return json().path("code").asInt();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Sends a signed request without parameters of its own. */
  public Reply signed(String method, String path) {
    return signed(method, path, "");
  }

  /** Sends a signed request with these parameters, encoded, in the query string. */
  public Reply signed(String method, String path, String parameters) {
    return send(method, path + "?" + signedQuery(parameters), "", Map.of());
  }

  /** As {@link #signed(String, String, String)}, everything in the form body. */
  public Reply signedBody(String method, String path, String parameters) {
    return send(method, path, signedQuery(parameters), form());
  }

  /** Sends a request that anybody may send. */
  public Reply open(String pathAndQuery) {
    return send("GET", pathAndQuery, "", Map.of());
  }

  /** The parameters with time stamp and signature. */
  public String signedQuery(String parameters) {
    String query =
        (parameters.isEmpty() ? "" : parameters + "&")
            + "timestamp="
            + Instant.now().toEpochMilli();
    return query + "&signature=" + signature(query);
  }

  public static Map<String, String> form() {
    return Map.of("Content-Type", "application/x-www-form-urlencoded");
  }

  public Reply send(String method, String pathAndQuery, String body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putIfAbsent("X-MBX-APIKEY", key.apiKey());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    all.forEach((name, value) -> {
      if (!value.isEmpty()) {
        request.header(name, value);
      }
    });
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public String signature(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(key.secretKey().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
