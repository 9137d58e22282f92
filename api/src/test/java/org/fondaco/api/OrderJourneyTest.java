package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.ORDERS;
import static org.fondaco.db.schema.Tables.TRADES;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.readmodel.ReadModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** "An order's way" of docs/ARCHITECTURE.md, step by step, over real HTTP and PostgreSQL. */
class OrderJourneyTest {
  /** Fields of an answer of type FULL, in Binance's order. */
  private static final String FULL =
      "symbol orderId orderListId clientOrderId transactTime price origQty executedQty"
          + " origQuoteOrderQty cummulativeQuoteQty status timeInForce type side workingTime"
          + " selfTradePreventionMode fills";

  @TempDir Path data;

  @Test
  void anOrdersWay() throws Exception {
    try (TestVenue venue = TestVenue.start(data).seed()) {
      ApiClient alice = venue.client(TestVenue.ALICE);
      ApiClient bob = venue.client(TestVenue.BOB);

      // 1. The controller parses, checks the signature, and turns the request into PlaceOrder.
      JsonNode resting =
          bob.signed(
                  "POST",
                  "/api/v3/order",
                  "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=2&price=50000&newClientOrderId=bob-1")
              .json();
      assertThat(names(resting)).containsExactly(FULL.split(" "));
      assertThat(resting.path("status").asString()).isEqualTo("NEW");
      assertThat(resting.path("origQty").asString()).isEqualTo("2.00000000");
      long makerId = resting.path("orderId").asLong();

      // 2, 3. The gateway's future completes when the command is durable, matched and posted.
      JsonNode taken =
          alice
              .signedBody(
                  "POST",
                  "/api/v3/order",
                  "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.5&price=50010")
              .json();
      long takerId = taken.path("orderId").asLong();
      assertThat(taken.path("status").asString()).isEqualTo("FILLED");
      assertThat(taken.path("cummulativeQuoteQty").asString()).isEqualTo("25000.00000000");
      assertThat(taken.path("fills").toString())
          .isEqualTo(
              "[{\"price\":\"50000.00000000\",\"qty\":\"0.50000000\",\"commission\":\"0.00050000\","
                  + "\"commissionAsset\":\"BTC\",\"tradeId\":0}]");

      // 4. The read model was updated before the answer: a second connection sees everything.
      assertThat(order(bob, makerId).path("executedQty").asString()).isEqualTo("0.50000000");
      assertThat(order(bob, makerId).path("status").asString()).isEqualTo("PARTIALLY_FILLED");
      assertThat(balance(alice, "BTC")).isEqualTo("0.49950000 free 0.00000000 locked");
      assertThat(balance(alice, "USDT")).isEqualTo("975000.00000000 free 0.00000000 locked");
      assertThat(balance(bob, "USDT")).isEqualTo("24975.00000000 free 0.00000000 locked");
      assertThat(balance(bob, "BTC")).isEqualTo("998.00000000 free 1.50000000 locked");
      assertThat(bob.open("/api/v3/depth?symbol=BTCUSDT").json().path("asks").toString())
          .isEqualTo("[[\"50000.00000000\",\"1.50000000\"]]");

      // 5. The projector writes orders and trades to PostgreSQL, and its watermark with them.
      awaitProjection(venue.venue().host().readModel());
      assertThat(projectedOrders(venue))
          .containsExactly(makerId + " PARTIALLY_FILLED 50000000", takerId + " FILLED 50000000");
      assertThat(venue.venue().database().jooq().fetchCount(TRADES)).isEqualTo(2);
      assertThat(alice.signed("GET", "/api/v3/myTrades", "symbol=BTCUSDT").json().size())
          .isEqualTo(1);

      // And back: what is left is cancelled, and the funds are free again.
      JsonNode canceled =
          bob.signed("DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=" + makerId).json();
      assertThat(canceled.path("status").asString()).isEqualTo("CANCELED");
      assertThat(canceled.path("origClientOrderId").asString()).isEqualTo("bob-1");
      assertThat(balance(bob, "BTC")).isEqualTo("999.50000000 free 0.00000000 locked");
    }
  }

  private static List<String> projectedOrders(TestVenue venue) {
    return venue
        .venue()
        .database()
        .jooq()
        .select(ORDERS.ORDER_ID, ORDERS.STATUS, ORDERS.EXECUTED_QUANTITY)
        .from(ORDERS)
        .orderBy(ORDERS.ORDER_ID)
        .fetch(row -> row.value1() + " " + row.value2() + " " + row.value3());
  }

  static List<String> names(JsonNode object) {
    return new ArrayList<>(object.propertyNames());
  }

  static JsonNode order(ApiClient client, long orderId) {
    return client.signed("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=" + orderId).json();
  }

  static String balance(ApiClient client, String asset) {
    for (JsonNode balance :
        client.signed("GET", "/api/v3/account").json().path("balances").values()) {
      if (balance.path("asset").asString().equals(asset)) {
        return balance.path("free").asString()
            + " free "
            + balance.path("locked").asString()
            + " locked";
      }
    }
    return "none";
  }

  /** Returns when the history store has everything that the read model has. */
  static void awaitProjection(ReadModel readModel) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (readModel.watermark() < readModel.sequence()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "watermark " + readModel.watermark() + " of " + readModel.sequence());
      }
      Thread.onSpinWait();
    }
  }
}
