package org.fondaco.api.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A lean signed client of a venue. Thread-safe. */
final class TradingClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI baseUrl;
  private final String apiKey;
  private final String secretKey;

  TradingClient(URI baseUrl, String apiKey, String secretKey) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.secretKey = secretKey;
  }

  static TradingClient anonymous(URI baseUrl) {
    return new TradingClient(baseUrl, "", "");
  }

  /** An unsigned GET. */
  Reply get(String path, String query) throws IOException, InterruptedException {
    return send("GET", path, query, false);
  }

  /**
   * A signed request, timestamp and signature added.
   *
   * @throws IOException when there was no answer: the outcome is unknown
   */
  Reply signed(String method, String path, String query) throws IOException, InterruptedException {
    return send(method, path, sign(query), true);
  }

  /** The query with timestamp and signature, to be sent as often as one likes. */
  String sign(String query) {
    String stamped =
        (query.isEmpty() ? "" : query + "&")
            + "recvWindow=60000&timestamp="
            + System.currentTimeMillis();
    return stamped + "&signature=" + signature(stamped);
  }

  /** Sends a query as it is. */
  Reply sendSigned(String method, String path, String signedQuery)
      throws IOException, InterruptedException {
    return send(method, path, signedQuery, true);
  }

  private Reply send(String method, String path, String query, boolean withKey)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(baseUrl.resolve(path + (query.isEmpty() ? "" : "?" + query)))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (withKey) {
      request.header("X-MBX-APIKEY", apiKey);
    }
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(
        response.statusCode(),
        parse(response.body()),
        response.headers().firstValue("Content-Type").orElse(""));
  }

  private static JsonNode parse(byte[] body) {
    return JSON.readTree(body);
  }

  private String signature(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
