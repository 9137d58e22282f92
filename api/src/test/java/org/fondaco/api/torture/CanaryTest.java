package org.fondaco.api.torture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fondaco.api.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Planted canaries: every kind of secret goes through a venue that logs all it can, on ways that
 * succeed, that fail, and that nobody foresaw; afterwards none of them is in anything it printed or
 * in any log below its folder.
 */
class CanaryTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PEM =
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIcanaryPrivateKey0001\n-----END PRIVATE KEY-----";

  @TempDir Path temporary;

  private final Set<String> canaries = new LinkedHashSet<>();

  @Test
  void noSecretIsLogged() throws Exception {
    Path data = DemoFolder.at(temporary.resolve("data"));
    Map<String, String> environment =
        Map.of(
            "FONDACO_LOG_LEVEL",
            "TRACE",
            "FONDACO_LOG_FORMAT",
            "json",
            "FONDACO_METRICS_TOKEN",
            canary("canaryMetricsToken0001"),
            "FONDACO_REDIS_URL",
            "redis://:" + canary("canaryRedisPassword0001") + "@127.0.0.1:1/0");
    String log;
    try (VenueProcess venue = VenueProcess.start(data, environment).awaitReady()) {
      traders(venue);
      people(venue);
      badInput(venue);
      // Exceptions of all kinds: nothing below the history can be reached.
      venue.database().kill9();
      traders(venue);
      people(venue);
      venue.sigterm();
      venue.awaitExit();
      // JSON may escape a slash.
      log = venue.log().replace("\\/", "/");
    }
    canaries.add(Files.readString(data.resolve("postgres/password")).strip());
    assertThat(canaries).hasSizeGreaterThan(20);
    assertThat(log.lines().filter(line -> line.startsWith("{"))).hasSizeGreaterThan(20);
    log.lines()
        .filter(line -> line.startsWith("{"))
        .forEach(line -> assertThat(JSON.readTree(line).has("formattedMessage")).as(line).isTrue());
    assertThat(log).contains("/api/v3/order", "requestId", "canary-request-1");
    String announced = log.lines().filter(line -> !line.startsWith("{")).collect(joining("\n"));
    assertClean("log", log.lines().filter(line -> line.startsWith("{")).collect(joining("\n")));
    // A demo prints its users' passwords on the standard output, which is what it is for.
    assertThat(announced).contains("THIS IS A DEMO VENUE").doesNotContainIgnoringCase("canary");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        // A database of the nodes calls its binary write-ahead log so too; a secret is ASCII in
        // either.
        assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Test
  void noSecretIsLoggedByAStartThatFails() throws Exception {
    String password = canary("canaryDbPassword0001");
    for (Map<String, String> wrong :
        List.of(
            Map.of("FONDACO_DB_URL", "postgresql://venue:" + password + "@127.0.0.1:1/venue"),
            Map.of(
                "FONDACO_DB_URL",
                "jdbc:postgresql://127.0.0.1:1/venue?user=venue&password=" + password),
            Map.of("FONDACO_DB_URL", "mysql://venue:" + password + "@127.0.0.1/venue"),
            Map.of("FONDACO_DB_URL", "postgresql://venue:" + password + "@[bad host/venue"),
            Map.of("FONDACO_REDIS_URL", "rediss//:" + password + "@127.0.0.1:1"),
            Map.of("FONDACO_METRICS_TOKEN", password, "FONDACO_PORT", "many"))) {
      Map<String, String> environment = new java.util.HashMap<>(wrong);
      environment.put("FONDACO_LOG_LEVEL", "TRACE");
      environment.putIfAbsent("FONDACO_LOG_FORMAT", "json");
      Path data = temporary.resolve("wrong");
      try (VenueProcess venue = VenueProcess.start(data, environment)) {
        assertThat(venue.awaitExit()).as("%s\n%s", wrong, venue.log()).isEqualTo(1);
        assertClean(wrong + "\n" + venue.log(), venue.log());
      } finally {
        DemoFolder.delete(data);
      }
    }
  }

  private void traders(VenueProcess venue) throws Exception {
    JsonNode users =
        JSON.readTree(Files.readAllBytes(venue.folder().resolve("demo-credentials.json")))
            .get("users");
    for (JsonNode user : users) {
      canary(user.get("secretKey").asString());
      canary(user.get("password").asString());
    }
    TradingClient trader =
        new TradingClient(
            venue.baseUrl(),
            users.get(0).get("apiKey").asString(),
            users.get(0).get("secretKey").asString());
    for (String query :
        List.of(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=1000&quantity=0.01",
            "symbol=" + canary("CANARYSYMBOL0001") + "&side=BUY",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&price=x&newClientOrderId="
                + canary("%00canary0002"))) {
      String signed = trader.sign(query);
      canary(signed.substring(signed.indexOf("&signature=") + "&signature=".length()));
      trader.sendSigned("POST", "/api/v3/order", signed);
      trader.sendSigned("GET", "/api/v3/allOrders", signed);
    }
    trader.signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT&startTime=1&endTime=2");
    trader.sendSigned(
        "GET",
        "/api/v3/account",
        "timestamp=1&signature=" + canary("canarysignature0003canarysignature"));
    String secret = canary("canarySecretKey0001");
    new TradingClient(venue.baseUrl(), canary("canaryApiKey0001"), secret)
        .signed("GET", "/api/v3/account", "");
  }

  private void people(VenueProcess venue) {
    JsonNode users;
    try {
      users =
          JSON.readTree(Files.readAllBytes(venue.folder().resolve("demo-credentials.json")))
              .get("users");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Browser browser = new Browser(venue.baseUrl());
    browser.send("GET", "/v1/session", Map.of(), Map.of("X-Request-Id", "canary-request-1"));
    if (browser.cookie("XSRF-TOKEN").isEmpty()) {
      return; // people cannot come in while the database is down
    }
    String email = users.get(0).get("email").asString();
    browser.post("/v1/session", "email", email, "password", canary("canaryWrongPassword0001"));
    browser.post(
        "/v1/session",
        "email",
        email,
        "password",
        users.get(0).get("password").asString(),
        "totp",
        canary("canaryTotp0001"));
    browser.post(
        "/v1/session", "email", email, "password", users.get(0).get("password").asString());
    for (String name : List.of("SESSION", "__Host-session", "session", "XSRF-TOKEN")) {
      canary(browser.cookie(name));
    }
    Browser.Reply totp = browser.post("/v1/totp", "password", canary("canaryPassword0002"));
    if (totp.status() < 300) {
      totp.json().properties().forEach(field -> canary(field.getValue().asString()));
    }
    browser.post(
        "/v1/registration",
        "email",
        "canary@example.org",
        "name",
        "canaria",
        "password",
        canary("canaryNewPassword0003"));
    canary("canaryPrivateKey0001");
    browser.post("/v1/api-keys", "label", "canary", "publicKey", PEM, "permissions", "x");
    browser.put("/v1/password", "password", canary("canaryPassword0004"), "newPassword", "y");
  }

  private void badInput(VenueProcess venue) throws Exception {
    for (String path :
        List.of(
            "/api/v3/" + canary("canaryquery0001").replace("canary", "x") + "?k=canaryquery0001",
            "/nowhere?token=" + canary("canaryquery0002"),
            "/v1/nowhere?password=" + canary("canaryquery0003"),
            "/ws/" + canary("canarylistenkey0001canarylistenkey"),
            "/metrics?token=canaryquery0002")) {
      for (String method : List.of("GET", "POST", "PUT")) {
        HTTP.send(
            HttpRequest.newBuilder(URI.create(venue.baseUrl() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + canary("canaryBearer0001"))
                .header("Cookie", "SESSION=" + canary("canaryCookie0001"))
                .method(
                    method,
                    HttpRequest.BodyPublishers.ofString("{\"a\":" + canary("canaryBody0001")))
                .build(),
            HttpResponse.BodyHandlers.ofString());
      }
    }
  }

  private String canary(String secret) {
    // Short values, such as the letter of a status, are no secrets that a search could find.
    if (secret.length() >= 10) {
      canaries.add(secret);
    }
    return secret;
  }

  private void assertClean(String where, String text) {
    for (String secret : canaries) {
      assertThat(text.contains(secret)).as("%s has %s", where, secret).isFalse();
    }
  }
}
