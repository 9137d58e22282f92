package org.fondaco.api.story;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person with an API key, who signs requests as every Binance client does. */
final class Trader {
  private static final int OK = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http;
  private final URI venue;
  private final StoryCredentials.User user;

  Trader(HttpClient http, URI venue, StoryCredentials.User user) {
    this.http = http;
    this.venue = venue;
    this.user = user;
  }

  String name() {
    return user.name();
  }

  /** A signed request; parameters are pairs of name and value. */
  JsonNode get(String path, String... parameters) {
    return send("GET", path, parameters);
  }

  JsonNode post(String path, String... parameters) {
    return send("POST", path, parameters);
  }

  private JsonNode send(String method, String path, String... parameters) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    all.put("timestamp", Long.toString(System.currentTimeMillis()));
    String query =
        all.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    URI uri = venue.resolve(path + "?" + query + "&signature=" + signature(query));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-MBX-APIKEY", user.apiKey())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != OK / 100) {
        throw new StoryFailed(
            "%s %s for %s: HTTP %d %s"
                .formatted(method, path, user.name(), response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException | JacksonException e) {
      throw new StoryFailed(method + " " + path + " for " + user.name() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailed("interrupted", e);
    }
  }

  private String signature(String query) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(user.secretKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(query.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new StoryFailed("this JDK has no HmacSHA256", e);
    }
  }

  /** Free and locked together, of one asset. */
  BigDecimal balance(String asset) {
    for (JsonNode balance : get("/api/v3/account").path("balances")) {
      if (balance.path("asset").asString().equals(asset)) {
        return new BigDecimal(balance.path("free").asString())
            .add(new BigDecimal(balance.path("locked").asString()));
      }
    }
    return BigDecimal.ZERO;
  }
}
