package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Everything the API tells about some users and symbols while nobody trades.
 *
 * @param orders open and closed, by orderId
 * @param fills of every user
 * @param balances by user and asset
 * @param depth by symbol, side and price
 */
record Picture(
    Map<Long, Order> orders,
    List<Fill> fills,
    Map<Holding, Balance> balances,
    Map<Level, BigDecimal> depth) {

  record Order(
      String user,
      String symbol,
      String clientOrderId,
      long orderListId,
      String side,
      String status,
      boolean working,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal executed) {

    boolean open() {
      return !OrderStates.ended(status);
    }

    BigDecimal remaining() {
      return quantity.subtract(executed);
    }

    boolean buys() {
      return side.equals("BUY");
    }
  }

  record Fill(
      String user,
      String symbol,
      long tradeId,
      long orderId,
      boolean buyer,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal quote,
      BigDecimal fee,
      String feeAsset) {}

  record Holding(String user, String asset) {}

  record Balance(BigDecimal free, BigDecimal locked) {
    BigDecimal total() {
      return free.add(locked);
    }
  }

  record Level(String symbol, String side, BigDecimal price) {}

  /** What was said while a picture was taken that does not fit together is found here. */
  static Picture of(Map<String, TradingClient> users, List<String> symbols)
      throws IOException, InterruptedException {
    Map<Long, Order> orders = new TreeMap<>();
    List<Fill> fills = new java.util.ArrayList<>();
    Map<Holding, Balance> balances = new HashMap<>();
    Map<Level, BigDecimal> depth = new HashMap<>();
    for (Map.Entry<String, TradingClient> user : users.entrySet()) {
      for (String symbol : symbols) {
        for (JsonNode order : pages(user.getValue(), "/api/v3/allOrders", symbol, "orderId")) {
          Order before = orders.put(order.get("orderId").asLong(), order(user.getKey(), order));
          assertThat(before).as("order id used twice: %s", order).isNull();
        }
        for (JsonNode fill : pages(user.getValue(), "/api/v3/myTrades", symbol, "id")) {
          fills.add(fill(user.getKey(), fill));
        }
      }
      for (JsonNode balance :
          user.getValue().signed("GET", "/api/v3/account", "").expectOk().body().get("balances")) {
        balances.put(
            new Holding(user.getKey(), balance.get("asset").asString()),
            new Balance(decimal(balance, "free"), decimal(balance, "locked")));
      }
      requireSameOpenOrders(user.getKey(), user.getValue(), symbols, orders);
    }
    for (String symbol : symbols) {
      depth(users.values().iterator().next(), symbol, depth);
    }
    return new Picture(orders, List.copyOf(fills), balances, depth);
  }

  private static List<JsonNode> pages(
      TradingClient client, String path, String symbol, String idField)
      throws IOException, InterruptedException {
    List<JsonNode> all = new java.util.ArrayList<>();
    String from = idField.equals("id") ? "fromId" : "orderId";
    long next = 0;
    while (true) {
      JsonNode page =
          client
              .signed("GET", path, "symbol=" + symbol + "&limit=1000&" + from + "=" + next)
              .expectOk()
              .body();
      for (JsonNode row : page) {
        assertThat(row.get(idField).asLong()).as("order of %s", path).isGreaterThanOrEqualTo(next);
        next = row.get(idField).asLong() + 1;
        all.add(row);
      }
      if (page.size() < 1_000) {
        return all;
      }
    }
  }

  private static void requireSameOpenOrders(
      String user, TradingClient client, List<String> symbols, Map<Long, Order> orders)
      throws IOException, InterruptedException {
    Map<Long, Order> open = new TreeMap<>();
    for (String symbol : symbols) {
      for (JsonNode order :
          client.signed("GET", "/api/v3/openOrders", "symbol=" + symbol).expectOk().body()) {
        open.put(order.get("orderId").asLong(), order(user, order));
      }
    }
    Map<Long, Order> expected = new TreeMap<>(orders);
    expected.values().removeIf(order -> !order.user().equals(user) || !order.open());
    assertThat(open).as("openOrders of %s against allOrders", user).isEqualTo(expected);
  }

  private static void depth(TradingClient client, String symbol, Map<Level, BigDecimal> depth)
      throws IOException, InterruptedException {
    JsonNode book =
        client.get("/api/v3/depth", "symbol=" + symbol + "&limit=5000").expectOk().body();
    for (String side : List.of("bids", "asks")) {
      for (JsonNode level : book.get(side)) {
        depth.put(
            level(symbol, side.equals("bids") ? "BUY" : "SELL", level.get(0).asString()),
            new BigDecimal(level.get(1).asString()).stripTrailingZeros());
      }
    }
  }

  static Level level(String symbol, String side, String price) {
    return new Level(symbol, side, new BigDecimal(price).stripTrailingZeros());
  }

  private static Order order(String user, JsonNode order) {
    return new Order(
        user,
        order.get("symbol").asString(),
        order.get("clientOrderId").asString(),
        order.get("orderListId").asLong(),
        order.get("side").asString(),
        order.get("status").asString(),
        order.get("isWorking").asBoolean(),
        decimal(order, "price"),
        decimal(order, "origQty"),
        decimal(order, "executedQty"));
  }

  private static Fill fill(String user, JsonNode fill) {
    return new Fill(
        user,
        fill.get("symbol").asString(),
        fill.get("id").asLong(),
        fill.get("orderId").asLong(),
        fill.get("isBuyer").asBoolean(),
        decimal(fill, "price"),
        decimal(fill, "qty"),
        decimal(fill, "quoteQty"),
        decimal(fill, "commission"),
        fill.get("commissionAsset").asString());
  }

  private static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(node.get(field).asString());
  }
}
