package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.OrderJourneyTest.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.security.ApiKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers that anybody gets, the wallet's list of assets, and the OpenAPI page. */
class PublicShapesTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiClient bob;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data, "FONDACO_WEIGHT_PER_MINUTE", "6000").seed();
    bob = venue.client(TestVenue.BOB);
    bob.signed(
        "POST",
        "/api/v3/order",
        "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=2&price=100");
    venue
        .client(TestVenue.ALICE)
        .signed(
            "POST",
            "/api/v3/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.5&price=100");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @Test
  void tellsTheRules() {
    JsonNode info = bob.open("/api/v3/exchangeInfo").json();
    assertThat(names(info))
        .containsExactly("timezone", "serverTime", "rateLimits", "exchangeFilters", "symbols");
    assertThat(info.path("symbols").size()).isEqualTo(2);
    JsonNode symbol = info.path("symbols").path(0);
    assertThat(symbol.path("status").asString()).isEqualTo("TRADING");
    assertThat(symbol.path("permissionSets").toString()).isEqualTo("[[\"SPOT\"]]");
    List<String> filters =
        symbol.path("filters").values().stream().map(f -> f.path("filterType").asString()).toList();
    assertThat(filters)
        .containsExactly(
            "PRICE_FILTER",
            "LOT_SIZE",
            "ICEBERG_PARTS",
            "MARKET_LOT_SIZE",
            "TRAILING_DELTA",
            "PERCENT_PRICE_BY_SIDE",
            "NOTIONAL",
            "MAX_NUM_ORDERS",
            "MAX_NUM_ORDER_LISTS",
            "MAX_NUM_ALGO_ORDERS",
            "MAX_NUM_ORDER_AMENDS");
    assertThat(symbol.path("filters").path(0).toString())
        .isEqualTo(
            "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01000000\","
                + "\"maxPrice\":\"1000000.00000000\",\"tickSize\":\"0.01000000\"}");
    assertThat(
            bob.open("/api/v3/exchangeInfo?symbols=%5B%22ETHUSDT%22%5D")
                .json()
                .path("symbols")
                .path(0)
                .path("symbol")
                .asString())
        .isEqualTo("ETHUSDT");
  }

  @Test
  void tellsPricesAndTrades() {
    assertThat(bob.open("/api/v3/ticker/price?symbol=BTCUSDT").text())
        .isEqualTo("{\"symbol\":\"BTCUSDT\",\"price\":\"100.00000000\"}");
    assertThat(bob.open("/api/v3/ticker/bookTicker?symbol=BTCUSDT").text())
        .isEqualTo(
            "{\"symbol\":\"BTCUSDT\",\"bidPrice\":\"0.00000000\",\"bidQty\":\"0.00000000\","
                + "\"askPrice\":\"100.00000000\",\"askQty\":\"1.50000000\"}");
    assertThat(bob.open("/api/v3/ticker/price").json().size()).isEqualTo(2);
    JsonNode trades = bob.open("/api/v3/trades?symbol=BTCUSDT").json();
    assertThat(names(trades.path(0)))
        .containsExactly("id", "price", "qty", "quoteQty", "time", "isBuyerMaker", "isBestMatch");
    assertThat(trades.path(0).path("quoteQty").asString()).isEqualTo("50.00000000");
    assertThat(trades.path(0).path("isBuyerMaker").asBoolean()).isFalse();
  }

  @Test
  void tellsAssetsThatCannotMoveYet() {
    JsonNode coin = bob.signed("GET", "/sapi/v1/capital/config/getall").json().path(0);
    assertThat(coin.path("coin").asString()).isEqualTo("BTC");
    assertThat(coin.path("free").asString()).isEqualTo("998.00000000");
    assertThat(coin.path("locked").asString()).isEqualTo("1.50000000");
    assertThat(coin.path("depositAllEnable").asBoolean()).isFalse();
    assertThat(coin.path("networkList").size()).isZero();
  }

  @Test
  void weighsRequestsAndRefusesTooMany() throws Exception {
    try (TestVenue small =
        TestVenue.start(data.resolve("small"), "FONDACO_WEIGHT_PER_MINUTE", "30")) {
      ApiClient client = new ApiClient(small.venue().address(), new ApiKeys.NewKey("none", "none"));
      Reply last = client.open("/api/v3/ping");
      for (int i = 0; i < 200 && last.status() == 200; i++) {
        last = client.open("/api/v3/exchangeInfo");
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.code()).isEqualTo(-1003);
      assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
    }
  }

  @Test
  void documentsItself() {
    JsonNode document = bob.open("/v3/api-docs").json();
    JsonNode order = document.path("paths").path("/api/v3/order");
    assertThat(names(order)).contains("get", "post", "delete");
    List<String> parameters =
        order.path("post").path("parameters").values().stream()
            .map(p -> p.path("name").asString())
            .toList();
    assertThat(parameters).contains("symbol", "side", "type", "quantity", "timestamp", "signature");
    assertThat(document.path("paths").path("/api/v3/orderList/otoco").isMissingNode()).isFalse();
    assertThat(bob.open("/swagger-ui").status()).isIn(200, 302);
  }
}
