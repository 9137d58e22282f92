package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.redis.RedisServer;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Limits and permissions over real HTTP, with and without a real Redis. */
class LimitsTest {
  private static final String ORDER =
      "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=10";

  @TempDir Path data;

  @Test
  void refusesThenBansWhoGoesOn() throws IOException {
    try (TestVenue venue =
        TestVenue.start(
            data, "FONDACO_WEIGHT_PER_MINUTE", "20", "FONDACO_TRUSTED_PROXIES", "127.0.0.1")) {
      ApiClient client = new ApiClient(venue.venue().address(), new ApiKeys.NewKey("none", "none"));
      Reply info = ping(client, "/api/v3/exchangeInfo");
      assertThat(info.header("X-MBX-USED-WEIGHT-1M")).isEqualTo("20");
      JsonNode limit = info.json().path("rateLimits").path(0);
      assertThat(limit.path("rateLimitType").asString()).isEqualTo("REQUEST_WEIGHT");
      assertThat(limit.path("limit").asInt()).isEqualTo(20);
      int refused = 0;
      Reply last = ping(client, "/api/v3/ping");
      for (; last.status() == 429; last = ping(client, "/api/v3/ping")) {
        refused++;
        assertThat(last.code()).isEqualTo(-1003);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
      }
      assertThat(refused).isEqualTo(RequestWeights.REFUSALS_MAX);
      assertThat(last.status()).isEqualTo(418);
      assertThat(last.code()).isEqualTo(-1003);
      assertThat(last.json().path("msg").asString()).contains("IP banned until ");
      assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(110, 120);
      // Whatever it asks for, however broken: nothing is read.
      assertThat(ping(client, "/api/v3/none").status()).isEqualTo(418);
      assertThat(ping(client, "/api/v3/depth?symbol=A&symbol=B").status()).isEqualTo(418);
      assertThat(
              client
                  .send(
                      "POST",
                      "/api/v3/order",
                      "{}",
                      Map.of("Content-Type", "application/json", "X-Forwarded-For", "192.0.2.1"))
                  .status())
          .isEqualTo(418);
      // Others are not concerned.
      assertThat(client.open("/api/v3/ping").status()).isEqualTo(200);
    }
  }

  private static Reply ping(ApiClient client, String path) {
    return client.send("GET", path, "", Map.of("X-Forwarded-For", "192.0.2.1"));
  }

  @Test
  void aKeyMayDoWhatItsPermissionsSayOnEveryEndpoint() throws IOException {
    try (TestVenue venue = TestVenue.start(data).seed()) {
      Map<Permission, ApiClient> clients = new HashMap<>();
      long user = venue.userOf(TestVenue.ALICE);
      for (Permission permission : Permission.values()) {
        KeyRequest request =
            new KeyRequest("", EnumSet.of(permission), Addresses.parse("127.0.0.1"));
        clients.put(
            permission,
            new ApiClient(
                venue.venue().address(),
                venue.venue().keys().createHmac(user, TestVenue.ALICE, request)));
      }
      ApiClient any = Objects.requireNonNull(clients.get(Permission.TRADE));
      JsonNode paths = any.open("/v3/api-docs").json().path("paths");
      int checked = 0;
      for (String path : paths.propertyNames()) {
        if (!path.startsWith("/api/") && !path.startsWith("/sapi/")) {
          continue;
        }
        for (String method : paths.path(path).propertyNames()) {
          if (isSigned(paths.path(path).path(method))) {
            Set<Permission> needed = needed(method, path);
            for (Permission permission : Permission.values()) {
              Reply reply =
                  Objects.requireNonNull(clients.get(permission))
                      .signed(method.toUpperCase(java.util.Locale.ROOT), path);
              assertThat(reply.code() == -2015)
                  .as(method + " " + path + " with " + permission + ": " + reply.text())
                  .isEqualTo(!needed.contains(permission));
              assertThat(reply.code()).isNotEqualTo(-1022);
              checked++;
            }
          }
        }
      }
      assertThat(checked).isGreaterThan(90);
    }
  }

  private static boolean isSigned(JsonNode operation) {
    return operation.path("parameters").values().stream()
        .anyMatch(parameter -> parameter.path("name").asString().equals("signature"));
  }

  private static Set<Permission> needed(String method, String path) {
    if (path.equals("/sapi/v1/capital/withdraw/apply")) {
      return Set.of(Permission.WITHDRAW);
    }
    boolean trade = !method.equals("get") && path.startsWith("/api/v3/");
    return Set.of(trade ? Permission.TRADE : Permission.USER_DATA);
  }

  @Test
  void limitsSurviveTheVenueInRedisAndTheVenueSurvivesRedis() throws IOException {
    try (RedisServer server = RedisServer.start(data.resolve("redis"))) {
      Path folder = data.resolve("venue");
      ApiKeys.NewKey key;
      try (TestVenue venue = start(folder, server).seed()) {
        key = venue.key(TestVenue.ALICE, EnumSet.of(Permission.TRADE, Permission.USER_DATA));
        ApiClient client = new ApiClient(venue.venue().address(), key);
        for (int i = 0; i < 4; i++) {
          assertThat(client.signed("POST", "/api/v3/order", ORDER).status()).isEqualTo(200);
        }
      }
      try (TestVenue venue = start(folder, server)) {
        ApiClient client = new ApiClient(venue.venue().address(), key);
        JsonNode day = client.signed("GET", "/api/v3/rateLimit/order").json().path(1);
        assertThat(day.path("count").asInt()).isEqualTo(4);
        server.kill();
        assertThat(client.signed("POST", "/api/v3/order", ORDER).status()).isEqualTo(200);
        until(() -> !venue.venue().sharing().healthy());
        Reply tooMany = client.signed("POST", "/api/v3/order", ORDER);
        assertThat(tooMany.code()).as("counted in memory").isEqualTo(-1015);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isEmpty();
        server.startAgain();
        until(venue.venue().sharing()::healthy);
        // The server kept nothing on disk, so what the venue before this one counted is gone.
        assertThat(client.signed("POST", "/api/v3/order", ORDER).status()).isEqualTo(200);
      }
    }
    try (TestVenue venue =
        TestVenue.start(data.resolve("alone"), "FONDACO_REDIS_URL", "redis://127.0.0.1:1")) {
      ApiClient client = new ApiClient(venue.venue().address(), new ApiKeys.NewKey("none", "none"));
      assertThat(client.open("/api/v3/ping").status()).as("starts without Redis").isEqualTo(200);
      assertThat(venue.venue().redis().orElseThrow().available()).isFalse();
    }
  }

  private static TestVenue start(Path folder, RedisServer server) throws IOException {
    return TestVenue.start(
        folder, "FONDACO_REDIS_URL", server.url(), "FONDACO_ORDERS_PER_DAY", "5");
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("20 seconds").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void publishesTheLimitsThatHold() throws IOException {
    try (TestVenue venue =
        TestVenue.start(
            data, "FONDACO_ORDERS_PER_TEN_SECONDS", "7", "FONDACO_ORDERS_PER_DAY", "9")) {
      ApiClient client = new ApiClient(venue.venue().address(), new ApiKeys.NewKey("none", "none"));
      JsonNode limits = client.open("/api/v3/exchangeInfo").json().path("rateLimits");
      assertThat(limits.values().stream().map(l -> l.path("limit").asInt()).toList())
          .isEqualTo(List.of(1_000_000, 7, 9));
    }
  }
}
