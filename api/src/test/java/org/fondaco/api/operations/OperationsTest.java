package org.fondaco.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health, metrics and names of requests of a venue that trades. */
class OperationsTest {
  private static final String LINE =
      "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\\n]*\",?)*})? "
          + "[-+]?([0-9.]+([eE][-+]?[0-9]+)?|NaN|Inf)";

  @TempDir static Path folder;
  private static TestVenue venue;
  private static final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(folder.resolve("data")).seed();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @Test
  void aVenueThatTradesIsWellAndSaysNoMore() throws Exception {
    assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(get("/health/trading").body())
        .isEqualTo("{\"status\":\"UP\",\"components\":{\"engine\":\"UP\",\"journal\":\"UP\"}}");
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo(
            "{\"status\":\"UP\",\"components\":{\"engine\":\"UP\",\"journal\":\"UP\","
                + "\"database\":\"UP\",\"projector\":\"UP\"}}");
    assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void withoutItsDatabaseItTradesButIsNotReady() throws Exception {
    try (TestVenue other = TestVenue.start(folder.resolve("other")).seed()) {
      ApiClient bob = other.client(TestVenue.BOB);
      other.venue().database().embedded().orElseThrow().close();
      assertThat(order(bob).status()).isEqualTo(200);
      URI base = other.venue().address();
      HttpResponse<String> ready = get(base.resolve("/health/ready"));
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("\"status\":\"DOWN\"", "\"database\":\"DOWN\"")
          .doesNotContain("refused", "127.0.0.1");
      assertThat(get(base.resolve("/health/trading")).statusCode()).isEqualTo(200);
      assertThat(get(base.resolve("/health/live")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsAreWellFormedAndCountWhatHappened() throws Exception {
    ApiClient bob = venue.client(TestVenue.BOB);
    double before = value("fondaco_orders_total{symbol=\"BTCUSDT\"}");
    assertThat(order(bob).status()).isEqualTo(200);
    assertThat(
            bob.signed("POST", "/api/v3/order", "symbol=NONE&side=BUY&type=MARKET&quantity=1")
                .status())
        .isEqualTo(400);
    while (value("fondaco_orders_total{symbol=\"BTCUSDT\"}") < before + 1) {
      Thread.onSpinWait();
    }
    String text = get("/metrics").body();
    for (String line : text.split("\n")) {
      assertThat(line).matches(line.startsWith("#") ? "# (HELP|TYPE) [a-zA-Z0-9_:]+ .*" : LINE);
    }
    assertThat(
            value(
                "fondaco_requests_seconds_count{endpoint=\"/api/v3/order\",method=\"POST\",status=\"200\"}"))
        .isPositive();
    assertThat(
            value(
                "fondaco_requests_seconds_count{endpoint=\"/api/v3/order\",method=\"POST\",status=\"400\"}"))
        .isPositive();
    assertThat(
            value(
                "fondaco_requests_seconds_bucket{endpoint=\"/api/v3/order\",method=\"POST\",status=\"200\",le=\"+Inf\"}"))
        .isPositive();
    for (String name :
        List.of(
            "fondaco_ring_slots",
            "fondaco_journal_bytes",
            "fondaco_journal_sync_seconds_count",
            "fondaco_engine_commands_total",
            "fondaco_engine_events_total",
            "fondaco_projector_sequence",
            "jvm_memory_used_bytes",
            "process_uptime_seconds")) {
      assertThat(text.lines().filter(line -> line.startsWith(name))).as(name).isNotEmpty();
    }
    for (String name :
        List.of(
            "fondaco_ring_slots_used",
            "fondaco_projector_lag_commands",
            "fondaco_projector_lag_seconds",
            "fondaco_feed_backlog_bytes",
            "fondaco_feed_lost_groups_total",
            "fondaco_engine_halted",
            "fondaco_websocket_connections")) {
      assertThat(value(name)).as(name).isNotNegative();
    }
  }

  @Test
  void metricsAreForTheMachineItselfOrWhoHasTheToken() throws Exception {
    assertThat(get("/metrics", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(403);
    assertThat(get("/metrics", "Forwarded", "for=127.0.0.1").statusCode()).isEqualTo(403);
    try (TestVenue other =
        TestVenue.start(folder.resolve("token"), "FONDACO_METRICS_TOKEN", "t0ken")) {
      URI metrics = other.venue().address().resolve("/metrics");
      assertThat(get(metrics).statusCode()).isEqualTo(401);
      assertThat(get(metrics, "Authorization", "Bearer t0kem").statusCode()).isEqualTo(401);
      assertThat(get(metrics, "Authorization", "Bearer t0ken").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerHasTheRequestsNameAndAForgedOneIsReplaced() throws Exception {
    for (String path :
        List.of("/api/v3/ping", "/api/v3/nothing", "/health/live", "/nowhere", "/v1/session")) {
      assertThat(get(path, "X-Request-Id", "client-7.a_B").headers().firstValue("X-Request-Id"))
          .as(path)
          .contains("client-7.a_B");
      assertThat(get(path).headers().firstValue("X-Request-Id").orElseThrow())
          .as(path)
          .matches("[0-9a-f]{16}");
      assertThat(
              get(path, "X-Request-Id", "forged\tline")
                  .headers()
                  .firstValue("X-Request-Id")
                  .orElseThrow())
          .as(path)
          .matches("[0-9a-f]{16}");
      assertThat(
              get(path, "X-Request-Id", "x".repeat(65))
                  .headers()
                  .firstValue("X-Request-Id")
                  .orElseThrow())
          .as(path)
          .matches("[0-9a-f]{16}");
    }
  }

  private static ApiClient.Reply order(ApiClient client) {
    return client.signed(
        "POST",
        "/api/v3/order",
        "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&price=60000&quantity=0.001");
  }

  private static double value(String series) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return get(venue.venue().address().resolve(path), headers);
  }

  private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
