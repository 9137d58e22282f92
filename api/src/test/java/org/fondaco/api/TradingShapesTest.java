package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.OrderJourneyTest.balance;
import static org.fondaco.api.OrderJourneyTest.names;

import java.io.IOException;
import java.nio.file.Path;
import org.fondaco.api.ApiClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers about orders and lists, in the shapes of rest-api.md §Trading endpoints. */
class TradingShapesTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiClient alice;
  private static ApiClient bob;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data).seed();
    alice = venue.client(TestVenue.ALICE);
    bob = venue.client(TestVenue.BOB);
    // A first trade at 100, so that conditional orders have a last price.
    sell("1", "100", "maker");
    assertThat(buy("1", "100", "taker").path("status").asString()).isEqualTo("FILLED");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @AfterEach
  void cancelEverything() {
    alice.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
    bob.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
  }

  @Test
  void answersAsMuchAsAskedFor() {
    JsonNode ack = place(alice, "BUY", "LIMIT", "1", "90", "newOrderRespType", "ACK").json();
    assertThat(names(ack))
        .containsExactly("symbol", "orderId", "orderListId", "clientOrderId", "transactTime");
    assertThat(ack.path("clientOrderId").asString()).hasSize(22);
    JsonNode result = place(alice, "BUY", "LIMIT", "1", "90", "newOrderRespType", "RESULT").json();
    assertThat(result.has("fills")).isFalse();
    assertThat(result.path("status").asString()).isEqualTo("NEW");
    Reply maker =
        alice.signed(
            "POST",
            "/api/v3/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=1&price=90");
    assertThat(names(maker.json())).hasSize(5);
    assertThat(maker.header("X-MBX-ORDER-COUNT-10S")).isNotEmpty();
    assertThat(maker.header("X-MBX-ORDER-COUNT-1D")).isNotEmpty();
    assertThat(maker.header("X-MBX-USED-WEIGHT-1M")).isNotEmpty();
    assertThat(maker.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
  }

  @Test
  void showsConditionalFields() {
    JsonNode stop =
        bob.signed(
                "POST",
                "/api/v3/order",
                "symbol=BTCUSDT&side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=2&price=80&stopPrice=85&icebergQty=1&strategyId=7&strategyType=1000000&newOrderRespType=RESULT")
            .json();
    assertThat(stop.path("stopPrice").asString()).isEqualTo("85.00000000");
    assertThat(stop.path("icebergQty").asString()).isEqualTo("1.00000000");
    assertThat(stop.path("strategyId").asLong()).isEqualTo(7);
    assertThat(stop.path("strategyType").asLong()).isEqualTo(1_000_000);
    assertThat(stop.path("workingTime").asLong()).isEqualTo(-1);
    JsonNode trailing =
        bob.signed(
                "POST",
                "/api/v3/order",
                "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=2&trailingDelta=100&newOrderRespType=RESULT")
            .json();
    assertThat(trailing.path("trailingDelta").asInt()).isEqualTo(100);
    assertThat(trailing.has("trailingTime")).isTrue();
    JsonNode queried =
        bob.signed(
                "GET", "/api/v3/order", "symbol=BTCUSDT&orderId=" + stop.path("orderId").asLong())
            .json();
    assertThat(queried.path("isWorking").asBoolean()).isFalse();
    assertThat(queried.path("icebergQty").asString()).isEqualTo("1.00000000");
    assertThat(queried.path("origQuoteOrderQty").asString()).isEqualTo("0.00000000");
  }

  @Test
  void expiresWhatCannotRest() {
    sell("1", "100", "a");
    JsonNode ioc =
        alice
            .signed(
                "POST",
                "/api/v3/order",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=3&price=100")
            .json();
    assertThat(ioc.path("status").asString()).isEqualTo("EXPIRED");
    assertThat(ioc.path("executedQty").asString()).isEqualTo("1.00000000");
    assertThat(ioc.path("expiryReason").asString()).isEqualTo("UNFILLED_IOC_QUANTITY_EXPIRED");
    sell("1", "100", "b");
    JsonNode quote =
        alice
            .signed("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=50")
            .json();
    assertThat(quote.path("status").asString()).isEqualTo("FILLED");
    assertThat(quote.path("origQty").asString()).isEqualTo("0.50000000");
    assertThat(quote.path("origQuoteOrderQty").asString()).isEqualTo("50.00000000");
  }

  @Test
  void testsWithoutEffect() {
    String before = balance(alice, "USDT");
    Reply test =
        alice.signed(
            "POST",
            "/api/v3/order/test",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=90");
    assertThat(test.text()).isEqualTo("{}");
    JsonNode rates =
        alice
            .signed(
                "POST",
                "/api/v3/order/test",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=90&computeCommissionRates=true")
            .json();
    assertThat(rates.path("standardCommissionForOrder").path("taker").asString())
        .isEqualTo("0.00100000");
    assertThat(
            alice
                .signed(
                    "POST",
                    "/api/v3/order/test",
                    "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=90.001")
                .code())
        .isEqualTo(-1013);
    assertThat(balance(alice, "USDT")).isEqualTo(before);
    assertThat(alice.signed("GET", "/api/v3/openOrders").text()).isEqualTo("[]");
  }

  @Test
  void placesQueriesAndCancelsAnOco() {
    JsonNode oco = oco("list-1");
    assertThat(names(oco))
        .containsExactly(
            "orderListId",
            "contingencyType",
            "listStatusType",
            "listOrderStatus",
            "listClientOrderId",
            "transactionTime",
            "symbol",
            "orders",
            "orderReports");
    assertThat(oco.path("contingencyType").asString()).isEqualTo("OCO");
    assertThat(oco.path("listStatusType").asString()).isEqualTo("EXEC_STARTED");
    assertThat(oco.path("orderReports").path(0).path("type").asString()).isEqualTo("LIMIT_MAKER");
    assertThat(oco.path("orderReports").path(1).path("stopPrice").asString())
        .isEqualTo("90.00000000");
    assertThat(balance(bob, "BTC")).endsWith("1.00000000 locked");
    long id = oco.path("orderListId").asLong();

    JsonNode queried = bob.signed("GET", "/api/v3/orderList", "orderListId=" + id).json();
    assertThat(queried.path("orders")).isEqualTo(oco.path("orders"));
    assertThat(queried.path("listOrderStatus").asString()).isEqualTo("EXECUTING");
    assertThat(bob.signed("GET", "/api/v3/openOrderList").json().size()).isEqualTo(1);

    JsonNode canceled =
        bob.signed("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=list-1").json();
    assertThat(canceled.path("listOrderStatus").asString()).isEqualTo("ALL_DONE");
    assertThat(canceled.path("listClientOrderId").asString()).isEqualTo("list-1");
    assertThat(canceled.path("orderReports").size()).isEqualTo(2);
    assertThat(canceled.path("orderReports").path(0).path("status").asString())
        .isEqualTo("CANCELED");
    assertThat(balance(bob, "BTC")).endsWith("0.00000000 locked");
    JsonNode done = bob.signed("GET", "/api/v3/orderList", "origClientOrderId=list-1").json();
    assertThat(done.path("listStatusType").asString()).isEqualTo("ALL_DONE");
  }

  @Test
  void cancelsOrdersAndListsOfASymbolTogether() {
    JsonNode single = sell("1", "120", "single");
    JsonNode oco = oco("list-2");
    JsonNode canceled = bob.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT").json();
    assertThat(canceled.size()).isEqualTo(2);
    assertThat(canceled.path(0).path("orderId")).isEqualTo(single.path("orderId"));
    assertThat(canceled.path(0).path("origClientOrderId").asString()).isEqualTo("single");
    assertThat(canceled.path(1).path("orderListId")).isEqualTo(oco.path("orderListId"));
    assertThat(canceled.path(1).path("orderReports").size()).isEqualTo(2);
    JsonNode leg = oco("list-3").path("orders").path(0);
    JsonNode byLeg =
        bob.signed(
                "DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=" + leg.path("orderId").asLong())
            .json();
    assertThat(byLeg.path("listClientOrderId").asString()).isEqualTo("list-3");
  }

  @Test
  void placesAnOtoWhosePendingLegWaits() {
    sell("1", "100", "liquidity");
    JsonNode oto =
        alice
            .signed(
                "POST",
                "/api/v3/orderList/oto",
                "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=100&workingQuantity=1&workingTimeInForce=GTC&pendingType=LIMIT&pendingSide=SELL&pendingPrice=150&pendingQuantity=0.5&pendingTimeInForce=GTC")
            .json();
    assertThat(oto.path("contingencyType").asString()).isEqualTo("OTO");
    assertThat(oto.path("orderReports").path(0).path("status").asString()).isEqualTo("FILLED");
    JsonNode pending = oto.path("orderReports").path(1);
    assertThat(pending.path("status").asString()).isEqualTo("PENDING_NEW");
    assertThat(pending.path("workingTime").asLong()).isEqualTo(-1);
    assertThat(
            OrderJourneyTest.order(alice, pending.path("orderId").asLong())
                .path("status")
                .asString())
        .isEqualTo("NEW");
  }

  @Test
  void placesAnOtoco() {
    JsonNode otoco =
        bob.signed(
                "POST",
                "/api/v3/orderList/otoco",
                "symbol=BTCUSDT&workingType=LIMIT&workingSide=SELL&workingPrice=140&workingQuantity=1&workingTimeInForce=GTC&pendingSide=BUY&pendingQuantity=1&pendingAboveType=STOP_LOSS&pendingAboveStopPrice=150&pendingBelowType=LIMIT_MAKER&pendingBelowPrice=90")
            .json();
    assertThat(otoco.path("orders").size()).isEqualTo(3);
    assertThat(otoco.path("orderReports").path(2).path("status").asString())
        .isEqualTo("PENDING_NEW");
  }

  @Test
  void cancelReplaces() {
    long old = sell("1", "130", "old").path("orderId").asLong();
    Reply both = cancelReplace("STOP_ON_FAILURE", old, "131");
    assertThat(both.status()).isEqualTo(200);
    assertThat(both.json().path("cancelResult").asString()).isEqualTo("SUCCESS");
    assertThat(both.json().path("newOrderResult").asString()).isEqualTo("SUCCESS");
    assertThat(both.json().path("cancelResponse").path("status").asString()).isEqualTo("CANCELED");
    assertThat(both.json().path("newOrderResponse").path("status").asString()).isEqualTo("NEW");

    Reply stopped = cancelReplace("STOP_ON_FAILURE", old, "131");
    assertThat(stopped.status()).isEqualTo(400);
    assertThat(stopped.text())
        .isEqualTo(
            "{\"code\":-2022,\"msg\":\"Order cancel-replace failed.\",\"data\":{"
                + "\"cancelResult\":\"FAILURE\",\"newOrderResult\":\"NOT_ATTEMPTED\","
                + "\"cancelResponse\":{\"code\":-2011,\"msg\":\"Unknown order sent.\"},"
                + "\"newOrderResponse\":null}}");

    Reply allowed = cancelReplace("ALLOW_FAILURE", old, "132");
    assertThat(allowed.status()).isEqualTo(409);
    assertThat(allowed.code()).isEqualTo(-2021);
    assertThat(allowed.json().path("data").path("newOrderResult").asString()).isEqualTo("SUCCESS");

    Reply filtered = cancelReplace("ALLOW_FAILURE", old, "132.001");
    assertThat(filtered.status()).isEqualTo(400);
    assertThat(filtered.text())
        .isEqualTo("{\"code\":-1013,\"msg\":\"Filter failure: PRICE_FILTER\"}");
  }

  @Test
  void amends() {
    long id = sell("2", "130", "amend-me").path("orderId").asLong();
    JsonNode amended =
        bob.signed(
                "PUT",
                "/api/v3/order/amend/keepPriority",
                "symbol=BTCUSDT&orderId=" + id + "&newQty=1.5&newClientOrderId=amended")
            .json();
    assertThat(names(amended)).containsExactly("transactTime", "executionId", "amendedOrder");
    JsonNode order = amended.path("amendedOrder");
    assertThat(order.path("origClientOrderId").asString()).isEqualTo("amend-me");
    assertThat(order.path("clientOrderId").asString()).isEqualTo("amended");
    assertThat(order.path("qty").asString()).isEqualTo("1.50000000");
    assertThat(balance(bob, "BTC")).endsWith("1.50000000 locked");
    Reply more =
        bob.signed(
            "PUT",
            "/api/v3/order/amend/keepPriority",
            "symbol=BTCUSDT&orderId=" + id + "&newQty=2");
    assertThat(more.code()).isEqualTo(-2038);
  }

  private static JsonNode oco(String listClientOrderId) {
    return bob.signed(
            "POST",
            "/api/v3/orderList/oco",
            "symbol=BTCUSDT&side=SELL&quantity=1&aboveType=LIMIT_MAKER&abovePrice=120&belowType=STOP_LOSS&belowStopPrice=90&listClientOrderId="
                + listClientOrderId)
        .json();
  }

  private static Reply cancelReplace(String mode, long orderId, String price) {
    return bob.signed(
        "POST",
        "/api/v3/order/cancelReplace",
        "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price="
            + price
            + "&cancelReplaceMode="
            + mode
            + "&cancelOrderId="
            + orderId);
  }

  private static JsonNode sell(String quantity, String price, String id) {
    return place(bob, "SELL", "LIMIT", quantity, price, "newClientOrderId", id).json();
  }

  private static JsonNode buy(String quantity, String price, String id) {
    return place(alice, "BUY", "LIMIT", quantity, price, "newClientOrderId", id).json();
  }

  private static Reply place(
      ApiClient client,
      String side,
      String type,
      String quantity,
      String price,
      String name,
      String value) {
    return client.signed(
        "POST",
        "/api/v3/order",
        "symbol=BTCUSDT&side="
            + side
            + "&type="
            + type
            + "&timeInForce=GTC&quantity="
            + quantity
            + "&price="
            + price
            + "&"
            + name
            + "="
            + value);
  }
}
