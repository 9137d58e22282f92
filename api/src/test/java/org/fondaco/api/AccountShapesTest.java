package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.OrderJourneyTest.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.api.ApiClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers about accounts, in the shapes of rest-api.md §Account endpoints and the wallet API. */
class AccountShapesTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiClient alice;
  private static ApiClient bob;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data).seed();
    alice = venue.client(TestVenue.ALICE);
    bob = venue.client(TestVenue.BOB);
    venue.credit(TestVenue.BOB, TestVenue.USDT, 10_000);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static JsonNode get(ApiClient client, String path, String parameters) {
    Reply reply = client.signed("GET", path, parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode order(ApiClient client, String parameters) {
    Reply reply =
        client.signed(
            "POST", "/api/v3/order", "symbol=BTCUSDT&timeInForce=GTC&type=LIMIT&" + parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static int count(ApiClient client, int interval) {
    return get(client, "/api/v3/rateLimit/order", "").path(interval).path("count").asInt();
  }

  private static void untilCount(ApiClient client, int expected) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (count(client, 1) != expected) {
      assertThat(System.nanoTime() - deadline).as("count " + count(client, 1)).isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** faqs/order_count_decrement.md: makers get five back, takers one, each once. */
  @Test
  void countsUnfilledOrders() throws IOException {
    try (TestVenue small = TestVenue.start(data.resolve("counts")).seed()) {
      ApiClient maker = small.client(TestVenue.BOB);
      ApiClient taker = small.client(TestVenue.ALICE);
      for (int i = 0; i < 7; i++) {
        order(maker, "side=SELL&quantity=1&price=" + (200 + i));
      }
      assertThat(count(maker, 1)).isEqualTo(7);
      Reply bought =
          taker.signed(
              "POST",
              "/api/v3/order",
              "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.5&price=200");
      assertThat(bought.header("X-MBX-ORDER-COUNT-1D")).isEqualTo("0");
      untilCount(maker, 2);
      // The second fill of the same order gives nothing back, a first partial fill does.
      order(taker, "side=BUY&quantity=0.5&price=200");
      assertThat(order(taker, "side=BUY&quantity=2&price=201").path("status").asString())
          .isEqualTo("PARTIALLY_FILLED");
      untilCount(maker, 0);
      assertThat(count(taker, 1)).as("a partly filled taker counts no more").isZero();
      assertThat(order(taker, "side=BUY&quantity=1&price=90").path("status").asString())
          .isEqualTo("NEW");
      assertThat(count(taker, 1)).isEqualTo(1);
      taker.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
      assertThat(count(taker, 1)).as("cancelling changes nothing").isEqualTo(1);
      Reply refused =
          taker.signed(
              "POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.00001");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(count(taker, 1)).as("nor does a refused order").isEqualTo(1);
      JsonNode limits = get(taker, "/api/v3/rateLimit/order", "");
      assertThat(names(limits.get(0)))
          .containsExactly("rateLimitType", "interval", "intervalNum", "limit", "count");
      assertThat(limits.path(0).path("interval").asString()).isEqualTo("SECOND");
      assertThat(limits.path(1).path("limit").asInt()).isEqualTo(1_000_000);
    }
  }

  @Test
  void answersCommissionAndFilters() {
    JsonNode commission = get(alice, "/api/v3/account/commission", "symbol=BTCUSDT");
    assertThat(names(commission))
        .containsExactly(
            "symbol", "standardCommission", "specialCommission", "taxCommission", "discount");
    assertThat(names(commission.path("taxCommission")))
        .containsExactly("maker", "taker", "buyer", "seller");
    assertThat(commission.path("standardCommission").path("maker").asString())
        .isEqualTo("0.00100000");
    assertThat(commission.path("specialCommission").path("taker").asString())
        .isEqualTo("0.00000000");
    JsonNode filters = get(alice, "/api/v3/myFilters", "symbol=BTCUSDT");
    assertThat(names(filters)).containsExactly("exchangeFilters", "symbolFilters", "assetFilters");
    JsonNode info = alice.open("/api/v3/exchangeInfo?symbol=BTCUSDT").json();
    assertThat(filters.path("symbolFilters"))
        .isEqualTo(info.path("symbols").path(0).path("filters"));
    assertThat(alice.signed("GET", "/api/v3/myFilters", "symbol=NONE").code()).isEqualTo(-1121);
    assertThat(alice.signed("GET", "/api/v3/account/commission").code()).isEqualTo(-1102);
    assertThat(get(alice, "/api/v3/myAllocations", "symbol=BTCUSDT").size()).isZero();
  }

  @Test
  void answersPreventedMatchesAtOnce() {
    long maker = order(bob, "side=SELL&quantity=1&price=120").path("orderId").asLong();
    JsonNode taker =
        order(bob, "side=BUY&quantity=2&price=120&selfTradePreventionMode=EXPIRE_MAKER");
    assertThat(taker.path("status").asString()).as(taker.toString()).isEqualTo("NEW");
    String byOrder = "symbol=BTCUSDT&orderId=" + maker;
    JsonNode matches = get(bob, "/api/v3/myPreventedMatches", byOrder);
    assertThat(matches.size()).isEqualTo(1);
    JsonNode match = matches.get(0);
    assertThat(names(match))
        .containsExactly(
            "symbol",
            "preventedMatchId",
            "takerOrderId",
            "makerSymbol",
            "makerOrderId",
            "tradeGroupId",
            "selfTradePreventionMode",
            "price",
            "makerPreventedQuantity",
            "transactTime");
    assertThat(match.path("makerOrderId").asLong()).isEqualTo(maker);
    assertThat(match.path("takerOrderId").asLong()).isEqualTo(taker.path("orderId").asLong());
    assertThat(match.path("makerPreventedQuantity").asString()).isEqualTo("1.00000000");
    assertThat(match.path("price").asString()).isEqualTo("120.00000000");
    String id = "symbol=BTCUSDT&preventedMatchId=" + match.path("preventedMatchId").asLong();
    assertThat(get(bob, "/api/v3/myPreventedMatches", id)).isEqualTo(matches);
    assertThat(get(alice, "/api/v3/myPreventedMatches", id).size()).as("not hers").isZero();
    long after = match.path("preventedMatchId").asLong() + 1;
    assertThat(
            get(
                    bob,
                    "/api/v3/myPreventedMatches",
                    byOrder + "&limit=10&fromPreventedMatchId=" + after)
                .size())
        .isZero();
    for (String bad :
        List.of(
            "symbol=BTCUSDT",
            id + "&orderId=1",
            id + "&limit=1",
            "symbol=BTCUSDT&fromPreventedMatchId=1")) {
      assertThat(bob.signed("GET", "/api/v3/myPreventedMatches", bad).code())
          .as(bad)
          .isEqualTo(-1128);
    }
    bob.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
  }

  @Test
  void answersAmendmentsAtOnce() {
    JsonNode order = order(alice, "side=BUY&quantity=5&price=50&newClientOrderId=first");
    String id = "symbol=BTCUSDT&orderId=" + order.path("orderId").asLong();
    for (int quantity = 4; quantity > 2; quantity--) {
      Reply amended =
          alice.signed(
              "PUT",
              "/api/v3/order/amend/keepPriority",
              id + "&newQty=" + quantity + "&newClientOrderId=q" + quantity);
      assertThat(amended.status()).as(amended.text()).isEqualTo(200);
    }
    JsonNode amendments = get(alice, "/api/v3/order/amendments", id);
    assertThat(amendments.size()).isEqualTo(2);
    assertThat(names(amendments.get(0)))
        .containsExactly(
            "symbol",
            "orderId",
            "executionId",
            "origClientOrderId",
            "newClientOrderId",
            "origQty",
            "newQty",
            "time");
    assertThat(amendments.path(0).path("origClientOrderId").asString()).isEqualTo("first");
    assertThat(amendments.path(1).path("origQty").asString()).isEqualTo("4.00000000");
    assertThat(amendments.path(1).path("newQty").asString()).isEqualTo("3.00000000");
    long second = amendments.path(1).path("executionId").asLong();
    assertThat(get(alice, "/api/v3/order/amendments", id + "&fromExecutionId=" + second).size())
        .isEqualTo(1);
    assertThat(get(alice, "/api/v3/order/amendments", id + "&limit=1").size()).isEqualTo(1);
    assertThat(get(bob, "/api/v3/order/amendments", id).size()).isZero();
    assertThat(alice.signed("GET", "/api/v3/order/amendments", "symbol=BTCUSDT").code())
        .isEqualTo(-1102);
    alice.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
  }

  @Test
  void placesOcosInTheOlderFormAndListsThem() {
    order(bob, "side=SELL&quantity=1&price=100");
    order(alice, "side=BUY&quantity=1&price=100");
    Reply sell =
        bob.signed(
            "POST",
            "/api/v3/order/oco",
            "symbol=BTCUSDT&side=SELL&quantity=1&price=110&stopPrice=90&stopLimitPrice=89"
                + "&stopLimitTimeInForce=GTC&limitClientOrderId=up&stopClientOrderId=down"
                + "&listClientOrderId=old");
    assertThat(sell.status()).as(sell.text()).isEqualTo(200);
    assertThat(sell.json().path("contingencyType").asString()).isEqualTo("OCO");
    assertThat(sell.header("X-MBX-ORDER-COUNT-1D")).isNotEmpty();
    JsonNode reports = sell.json().path("orderReports");
    assertThat(reports.path(0).path("type").asString()).isEqualTo("LIMIT_MAKER");
    assertThat(reports.path(0).path("clientOrderId").asString()).isEqualTo("up");
    assertThat(reports.path(1).path("type").asString()).isEqualTo("STOP_LOSS_LIMIT");
    assertThat(reports.path(1).path("stopPrice").asString()).isEqualTo("90.00000000");
    assertThat(reports.path(1).path("price").asString()).isEqualTo("89.00000000");
    Reply buy =
        alice.signed(
            "POST",
            "/api/v3/order/oco",
            "symbol=BTCUSDT&side=BUY&quantity=1&price=90&stopPrice=110");
    assertThat(buy.json().path("orderReports").path(0).path("type").asString())
        .as(buy.text())
        .isEqualTo("STOP_LOSS");
    for (String bad :
        List.of("stopPrice=90&stopLimitPrice=89", "stopPrice=90&stopLimitTimeInForce=GTC", "")) {
      int code =
          bob.signed(
                  "POST",
                  "/api/v3/order/oco",
                  "symbol=BTCUSDT&side=SELL&quantity=1&price=110&" + bad)
              .code();
      assertThat(code).as(bad).isIn(-1102, -1106);
    }
    JsonNode lists = get(bob, "/api/v3/allOrderList", "");
    assertThat(lists.size()).isEqualTo(1);
    assertThat(lists).isEqualTo(get(bob, "/api/v3/openOrderList", ""));
    JsonNode list = lists.get(0);
    assertThat(list.path("listClientOrderId").asString()).isEqualTo("old");
    assertThat(list.path("orders").path(1).path("clientOrderId").asString()).isEqualTo("down");
    bob.signed("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=old");
    assertThat(get(bob, "/api/v3/openOrderList", "").size()).isZero();
    JsonNode done = get(bob, "/api/v3/allOrderList", "limit=1").get(0);
    assertThat(done.path("listOrderStatus").asString()).isEqualTo("ALL_DONE");
    assertThat(
            get(bob, "/api/v3/allOrderList", "fromId=" + (done.path("orderListId").asLong() + 1))
                .size())
        .isZero();
    assertThat(bob.signed("GET", "/api/v3/allOrderList", "fromId=1&startTime=1").code())
        .isEqualTo(-1128);
    alice.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
  }

  @Test
  void hasNoExecutionRulesAndSaysSo() {
    JsonNode rules = alice.open("/api/v3/executionRules").json().path("symbolRules");
    assertThat(rules.size()).isEqualTo(2);
    assertThat(rules.path(0).path("symbol").asString()).isEqualTo("BTCUSDT");
    assertThat(rules.path(0).path("rules").size()).isZero();
    assertThat(alice.open("/api/v3/executionRules?symbol=ETHUSDT").json().path("symbolRules"))
        .hasSize(1);
    assertThat(alice.open("/api/v3/executionRules?symbol=A&symbolStatus=TRADING").code())
        .isEqualTo(-1128);
    assertThat(alice.open("/api/v3/referencePrice?symbol=BTCUSDT").code()).isEqualTo(-2043);
    assertThat(alice.open("/api/v3/referencePrice?symbol=NONE").code()).isEqualTo(-1121);
    Reply sor = alice.signed("POST", "/api/v3/sor/order", "symbol=BTCUSDT");
    assertThat(sor.status()).isEqualTo(404);
    assertThat(sor.code()).isEqualTo(-1020);
  }

  @Test
  void answersWhatTheWalletHasAndRefusesWhatItHasNot() {
    assertThat(alice.open("/sapi/v1/system/status").text())
        .isEqualTo("{\"status\":0,\"msg\":\"normal\"}");
    assertThat(get(alice, "/sapi/v1/account/status", "").path("data").asString())
        .isEqualTo("Normal");
    assertThat(get(alice, "/sapi/v1/account/info", "").path("vipLevel").asInt()).isZero();
    JsonNode trading = get(alice, "/sapi/v1/account/apiTradingStatus", "");
    assertThat(trading.path("data").path("isLocked").asBoolean()).isFalse();
    JsonNode restrictions = get(alice, "/sapi/v1/account/apiRestrictions", "");
    assertThat(restrictions.path("enableReading").asBoolean()).isTrue();
    assertThat(restrictions.path("enableSpotAndMarginTrading").asBoolean()).isTrue();
    assertThat(restrictions.path("enableWithdrawals").asBoolean()).isFalse();
    assertThat(restrictions.path("ipRestrict").asBoolean()).isFalse();
    assertThat(restrictions.path("createTime").asLong())
        .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis() + 1_000);
    JsonNode owned = alice.signed("POST", "/sapi/v3/asset/getUserAsset", "asset=USDT").json();
    assertThat(owned).hasSize(1);
    assertThat(owned.path(0).path("asset").asString()).isEqualTo("USDT");
    JsonNode detail = get(alice, "/sapi/v1/asset/assetDetail", "asset=BTC");
    assertThat(detail.path("BTC").path("depositStatus").asBoolean(true)).isFalse();
    JsonNode fees = get(alice, "/sapi/v1/asset/tradeFee", "symbol=ETHUSDT");
    assertThat(fees.path(0).path("takerCommission").asString()).isEqualTo("0.00100000");
    assertThat(get(alice, "/sapi/v1/asset/tradeFee", "")).hasSize(2);
    for (String path : List.of("deposit/address", "deposit/hisrec", "withdraw/history")) {
      Reply refused = alice.signed("GET", "/sapi/v1/capital/" + path, "coin=BTC");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo(-1020);
      assertThat(refused.json().path("msg").asString()).contains("custody");
    }
    assertThat(
            alice
                .signed("POST", "/sapi/v1/capital/withdraw/apply", "coin=BTC&address=x&amount=1")
                .code())
        .as("the key may not withdraw")
        .isEqualTo(-2015);
  }
}
