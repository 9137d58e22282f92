package org.fondaco.api.wsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.wsapi.Signer.map;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.api.TestVenue;
import org.fondaco.api.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The WebSocket API over real WebSockets: requests, signatures, sessions, user data. */
class WebSocketApiTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static Signer alice;
  private static Signer bob;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
    alice = Signer.hmac(venue, TestVenue.ALICE);
    bob = Signer.hmac(venue, TestVenue.BOB);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  static WsClient connect(String query) {
    return WsClient.open(venue.venue().address(), "/ws-api/v3" + query);
  }

  static List<String> names(JsonNode object) {
    return new ArrayList<>(object.propertyNames());
  }

  @Test
  void answersPublicRequestsWithRateLimits() throws Exception {
    try (WsClient client = connect("")) {
      JsonNode ping = client.call("ping");
      assertThat(names(ping)).containsExactly("id", "status", "result", "rateLimits");
      assertThat(ping.path("status").asInt()).isEqualTo(200);
      assertThat(ping.path("result").toString()).isEqualTo("{}");
      JsonNode limit = ping.path("rateLimits").get(0);
      assertThat(names(limit))
          .containsExactly("rateLimitType", "interval", "intervalNum", "limit", "count");
      assertThat(limit.path("rateLimitType").asString()).isEqualTo("REQUEST_WEIGHT");
      assertThat(limit.path("interval").asString()).isEqualTo("MINUTE");
      assertThat(limit.path("limit").asInt()).isEqualTo(1_000_000);
      // Connecting costs 2, a ping 1.
      assertThat(limit.path("count").asInt()).isGreaterThanOrEqualTo(3);
      JsonNode hidden = client.call("v3/time", map("returnRateLimits", false));
      assertThat(names(hidden)).containsExactly("id", "status", "result");
      assertThat(
              client
                  .call("exchangeInfo", map("symbols", List.of("BTCUSDT", "ETHUSDT")))
                  .path("result")
                  .path("symbols")
                  .size())
          .isEqualTo(2);
      assertThat(
              client
                  .call("depth", map("symbol", "BTCUSDT", "limit", 5))
                  .path("result")
                  .has("lastUpdateId"))
          .isTrue();
    }
  }

  @Test
  void theUrlSaysTheTimeUnitAndWhetherLimitsAreShown() throws Exception {
    try (WsClient client = connect("?returnRateLimits=false&timeUnit=microsecond")) {
      JsonNode time = client.call("time");
      assertThat(names(time)).containsExactly("id", "status", "result");
      assertThat(time.path("result").path("serverTime").asLong())
          .isGreaterThan(1_000_000_000_000_000L);
      JsonNode shown = client.call("time", map("returnRateLimits", true));
      assertThat(shown.has("rateLimits")).isTrue();
    }
    try (WsClient client = connect("?timeUnit=fortnight")) {
      JsonNode refusal = client.next();
      assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-1194);
      assertThat(client.closed()).startsWith("1008");
    }
  }

  @Test
  void echoesEveryKindOfId() throws Exception {
    try (WsClient client = connect("")) {
      client.say("{\"id\":\"e2a85d9f\\u00e9\",\"method\":\"ping\"}");
      assertThat(client.next().path("id").asString()).isEqualTo("e2a85d9f\u00e9");
      client.say("{\"id\":-9223372036854775808,\"method\":\"ping\"}");
      assertThat(client.next().path("id").asLong()).isEqualTo(Long.MIN_VALUE);
      client.say("{\"id\":null,\"method\":\"ping\",\"params\":{}}");
      JsonNode answer = client.next();
      assertThat(answer.path("id").isNull()).isTrue();
      assertThat(answer.path("status").asInt()).isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    try (WsClient client = connect("")) {
      assertRefused(client, "{", -1135, true);
      assertRefused(client, "[]", -1135, true);
      assertRefused(client, "7", -1135, true);
      assertRefused(client, "{\"id\":1,\"method\":\"ping\"} {}", -1135, false);
      assertRefused(client, "{\"id\":1,\"id\":2,\"method\":\"ping\"}", -1135, false);
      assertRefused(client, "{\"id\":1.5,\"method\":\"ping\"}", -1135, true);
      assertRefused(client, "{\"id\":9223372036854775808,\"method\":\"ping\"}", -1135, true);
      assertRefused(client, "{\"method\":\"ping\"}", -1102, true);
      assertRefused(client, "{\"id\":1}", -1102, false);
      assertRefused(client, "{\"id\":1,\"method\":5}", -1135, false);
      assertRefused(client, "{\"id\":1,\"method\":\"ping\",\"params\":[]}", -1135, false);
      assertRefused(client, "{\"id\":1,\"method\":\"ping\",\"params\":{\"a\":{}}}", -1135, false);
      assertRefused(
          client,
          "{\"id\":1,\"method\":\"depth\",\"params\":{\"symbol\":\"BTCUSDT\",\"symbol\":\"X\"}}",
          -1135,
          false);
      assertRefused(client, "{\"id\":1,\"method\":\"order.destroy\"}", -1020, false);
      assertRefused(client, "{\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1}}", -1101, false);
      assertRefused(client, "{\"id\":1,\"x\":" + "[".repeat(30_000), -1135, false);
      assertRefused(
          client,
          "{\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\"" + "x".repeat(20_000) + "\"}}",
          -1135,
          false);
      assertThat(client.call("ping").path("status").asInt()).isEqualTo(200);
    }
  }

  private static void assertRefused(WsClient client, String text, int code, boolean anonymous) {
    client.say(text);
    JsonNode answer = client.next();
    assertThat(answer.path("status").asInt()).as(text).isEqualTo(400);
    assertThat(answer.path("error").path("code").asInt()).as(text).isEqualTo(code);
    assertThat(answer.path("id").isNull()).as(text).isEqualTo(anonymous);
    assertThat(answer.has("result")).isFalse();
  }

  @Test
  void placesQueriesAndCancels() throws Exception {
    try (WsClient client = connect("")) {
      JsonNode placed =
          client.call(
              "order.place",
              bob.sign(
                  "symbol",
                  "BTCUSDT",
                  "side",
                  "SELL",
                  "type",
                  "LIMIT",
                  "timeInForce",
                  "GTC",
                  "quantity",
                  "1.50000000",
                  "price",
                  "71000.00",
                  "newOrderRespType",
                  "RESULT",
                  "newClientOrderId",
                  "ws-1"));
      assertThat(placed.path("status").asInt()).isEqualTo(200);
      assertThat(names(placed.path("result")))
          .containsExactly(
              ("symbol orderId orderListId clientOrderId transactTime price origQty executedQty"
                      + " origQuoteOrderQty cummulativeQuoteQty status timeInForce type side"
                      + " workingTime selfTradePreventionMode")
                  .split(" "));
      assertThat(types(placed))
          .containsExactly("ORDERS SECOND 10", "ORDERS DAY 1", "REQUEST_WEIGHT MINUTE 1");
      long orderId = placed.path("result").path("orderId").asLong();

      JsonNode found =
          client.call("order.status", bob.sign("symbol", "BTCUSDT", "orderId", orderId));
      assertThat(found.path("result").path("clientOrderId").asString()).isEqualTo("ws-1");
      JsonNode open = client.call("openOrders.status", bob.sign("symbol", "BTCUSDT"));
      assertThat(open.path("result").size()).isEqualTo(1);
      JsonNode canceled =
          client.call("order.cancel", bob.sign("symbol", "BTCUSDT", "origClientOrderId", "ws-1"));
      assertThat(canceled.path("result").path("status").asString()).isEqualTo("CANCELED");
      JsonNode again =
          client.call("order.cancel", bob.sign("symbol", "BTCUSDT", "orderId", orderId));
      assertThat(names(again)).containsExactly("id", "status", "error", "rateLimits");
      assertThat(again.path("status").asInt()).isEqualTo(400);
      assertThat(again.path("error").toString())
          .isEqualTo("{\"code\":-2011,\"msg\":\"Unknown order sent.\"}");
    }
  }

  private static List<String> types(JsonNode answer) {
    List<String> types = new ArrayList<>();
    answer
        .path("rateLimits")
        .values()
        .forEach(limit ->
            types.add(
                limit.path("rateLimitType").asString()
                    + " "
                    + limit.path("interval").asString()
                    + " "
                    + limit.path("intervalNum").asInt()));
    return types;
  }

  @Test
  void refusesUnsignedForgedStaleAndRepeatedRequests() throws Exception {
    try (WsClient client = connect("")) {
      assertThat(code(client.call("account.status"))).isEqualTo("400 -1102");
      assertThat(code(client.call("account.status", map("apiKey", alice.apiKey()))))
          .isEqualTo("400 -1102");
      assertThat(code(client.call("account.status", map("apiKey", "x y")))).isEqualTo("401 -2014");
      Map<String, Object> unknown = alice.sign();
      unknown.put("apiKey", "x".repeat(64));
      assertThat(code(client.call("account.status", unknown))).isEqualTo("401 -2015");
      Map<String, Object> forged = alice.sign("omitZeroBalances", true);
      forged.put("omitZeroBalances", false);
      assertThat(code(client.call("account.status", forged))).isEqualTo("400 -1022");
      Map<String, Object> others = bob.sign();
      others.put("apiKey", alice.apiKey());
      assertThat(code(client.call("account.status", others))).isEqualTo("400 -1022");
      long now = System.currentTimeMillis();
      assertThat(code(client.call("account.status", alice.signAt(now - 60_000))))
          .isEqualTo("400 -1021");
      assertThat(code(client.call("account.status", alice.signAt(now + 60_000))))
          .isEqualTo("400 -1021");
      assertThat(code(client.call("account.status", alice.signAt(now, "recvWindow", 60_001))))
          .isEqualTo("400 -1102");

      Map<String, Object> order =
          bob.sign(
              "symbol",
              "BTCUSDT",
              "side",
              "SELL",
              "type",
              "LIMIT",
              "timeInForce",
              "GTC",
              "quantity",
              "0.1",
              "price",
              72000);
      assertThat(code(client.call("order.place", order))).isEqualTo("200 0");
      assertThat(code(client.call("order.place", order))).isEqualTo("400 -2010");
      try (WsClient second = connect("")) {
        assertThat(second.call("order.place", order).path("error").path("msg").asString())
            .isEqualTo("Duplicate order sent.");
      }
      assertThat(code(client.call("openOrders.cancelAll", bob.sign("symbol", "BTCUSDT"))))
          .isEqualTo("200 0");
    }
  }

  private static String code(JsonNode answer) {
    return answer.path("status").asInt() + " " + answer.path("error").path("code").asInt();
  }
}
