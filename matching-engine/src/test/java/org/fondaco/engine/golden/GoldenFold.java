package org.fondaco.engine.golden;

import static org.fondaco.engine.golden.GoldenVenue.decimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.Side;

/** Folds events to what Binance's answers show, in the fields' own words. */
final class GoldenFold {

  private final Map<Long, Map<String, String>> orders = new TreeMap<>();
  private final Map<Long, Long> preventedMatches = new TreeMap<>();
  private final Map<String, String> lists = new TreeMap<>();
  private final Map<Long, String> listIds = new TreeMap<>();
  private final Map<String, Map<String, String>> balances = new TreeMap<>();
  private final Map<Side, TreeMap<Long, Long>> depth =
      Map.of(Side.BUY, new TreeMap<>(), Side.SELL, new TreeMap<>());
  private final List<Map<String, String>> trades = new ArrayList<>();
  private final List<Map<String, String>> prevented = new ArrayList<>();
  private final Map<String, Long> idsByName = new LinkedHashMap<>();

  void apply(EngineEvent event) {
    switch (event) {
      case EngineEvent.OrderAccepted e -> accepted(e);
      case EngineEvent.Trade e -> traded(e);
      case EngineEvent.PreventedMatch e -> prevented(e);
      case EngineEvent.Triggered e -> order(e.orderId()).put("isWorking", "true");
      case EngineEvent.Activated e -> {
        order(e.orderId()).put("status", "NEW");
        order(e.orderId()).put("isWorking", Boolean.toString(e.working()));
      }
      case EngineEvent.TrailingStarted e -> order(e.orderId()).put("tracking", "true");
      case EngineEvent.Amended e -> {
        order(e.orderId()).put("origQty", decimal(e.newQuantity()));
        order(e.orderId()).put("clientOrderId", e.clientOrderId());
      }
      case EngineEvent.Moved e -> order(e.orderId()).put("price", decimal(e.newPrice()));
      case EngineEvent.Canceled e -> order(e.orderId()).put("status", OrderStatus.CANCELED.name());
      case EngineEvent.Expired e -> {
        order(e.orderId()).put("status", e.status().name());
        order(e.orderId()).put("expiryReason", e.reason().name());
      }
      case EngineEvent.ListStatusChanged e -> {
        String name = listIds.computeIfAbsent(e.orderListId(), _ -> e.listClientOrderId());
        lists.put(name, e.contingencyType() + " " + e.listOrderStatus());
      }
      case EngineEvent.LevelChanged e -> {
        if (e.quantity() == 0) {
          side(e.side()).remove(e.price());
        } else {
          side(e.side()).put(e.price(), e.quantity());
        }
      }
      case EngineEvent.BalanceChanged e ->
          balances.put(
              e.account() + " " + (e.asset() == GoldenVenue.BTC ? "BTC" : "USDT"),
              Map.of("free", decimal(e.total() - e.held()), "locked", decimal(e.held())));
      default -> {}
    }
  }

  private TreeMap<Long, Long> side(Side side) {
    TreeMap<Long, Long> levels = depth.get(side);
    if (levels == null) {
      throw new IllegalStateException("no side " + side);
    }
    return levels;
  }

  private void accepted(EngineEvent.OrderAccepted e) {
    Map<String, String> order = new TreeMap<>();
    order.put("clientOrderId", e.spec().clientOrderId());
    order.put("status", e.status().name());
    order.put("isWorking", Boolean.toString(e.working()));
    order.put("origQty", decimal(e.spec().quantity()));
    order.put("price", decimal(e.spec().price()));
    order.put("executedQty", "0");
    order.put("cummulativeQuoteQty", "0");
    order.put("preventedQuantity", "0");
    order.put("tracking", "false");
    orders.put(e.orderId(), order);
    idsByName.put(e.spec().clientOrderId(), e.orderId());
  }

  private Map<String, String> order(long orderId) {
    Map<String, String> order = orders.get(orderId);
    if (order == null) {
      throw new IllegalStateException("no order " + orderId);
    }
    return order;
  }

  private static void add(Map<String, String> order, String field, long units) {
    order.merge(
        field,
        decimal(units),
        (one, two) -> decimal(GoldenVenue.units(one) + GoldenVenue.units(two)));
  }

  private void traded(EngineEvent.Trade e) {
    for (long orderId : List.of(e.takerOrderId(), e.makerOrderId())) {
      Map<String, String> order = order(orderId);
      add(order, "executedQty", e.quantity());
      add(order, "cummulativeQuoteQty", e.quoteQuantity());
      long done =
          GoldenVenue.units(order.getOrDefault("executedQty", "0"))
              + GoldenVenue.units(order.getOrDefault("preventedQuantity", "0"));
      boolean filled = done == GoldenVenue.units(order.getOrDefault("origQty", "0"));
      order.put("status", filled ? "FILLED" : "PARTIALLY_FILLED");
    }
    trades.add(
        Map.of(
            "price", decimal(e.price()),
            "qty", decimal(e.quantity()),
            "taker", name(e.takerOrderId()),
            "maker", name(e.makerOrderId())));
  }

  private void prevented(EngineEvent.PreventedMatch e) {
    Map<String, String> match = new TreeMap<>();
    match.put("preventedMatchId", Long.toString(e.preventedMatchId()));
    match.put("taker", name(e.takerOrderId()));
    match.put("maker", name(e.makerOrderId()));
    match.put("tradeGroupId", Long.toString(e.tradeGroupId()));
    match.put("selfTradePreventionMode", e.mode().name());
    match.put("price", decimal(e.price()));
    if (e.takerExecutionId() != 0) {
      match.put("takerPreventedQuantity", decimal(e.takerPreventedQuantity()));
      prevented(e.takerOrderId(), e.preventedMatchId(), e.takerPreventedQuantity());
    }
    if (e.makerExecutionId() != 0) {
      match.put("makerPreventedQuantity", decimal(e.makerPreventedQuantity()));
      prevented(e.makerOrderId(), e.preventedMatchId(), e.makerPreventedQuantity());
    }
    prevented.add(match);
  }

  private void prevented(long orderId, long preventedMatchId, long quantity) {
    add(order(orderId), "preventedQuantity", quantity);
    order(orderId).put("preventedMatchId", Long.toString(preventedMatchId));
    preventedMatches.put(orderId, preventedMatchId);
  }

  /** The order's first client id, which is its name in a case. */
  private String name(long orderId) {
    for (Map.Entry<String, Long> entry : idsByName.entrySet()) {
      if (entry.getValue() == orderId) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("no order " + orderId);
  }

  long orderId(String name) {
    return idsByName.getOrDefault(name, 0L);
  }

  Map<String, String> order(String name) {
    return order(orderId(name));
  }

  String list(String name) {
    return lists.getOrDefault(name, "absent");
  }

  Map<String, String> balance(String account, String asset) {
    return balances.getOrDefault(GoldenVenue.ACCOUNTS.get(account) + " " + asset, Map.of());
  }

  /** Best level first, as [price, quantity]. */
  List<List<String>> depth(Side side) {
    Map<Long, Long> levels = side == Side.BUY ? side(side).descendingMap() : side(side);
    return levels.entrySet().stream()
        .map(level -> List.of(decimal(level.getKey()), decimal(level.getValue())))
        .toList();
  }

  /** Trades since this was last asked. */
  List<Map<String, String>> newTrades() {
    List<Map<String, String>> taken = List.copyOf(trades);
    trades.clear();
    return taken;
  }

  /** Prevented matches since this was last asked. */
  List<Map<String, String>> newPreventedMatches() {
    List<Map<String, String>> taken = List.copyOf(prevented);
    prevented.clear();
    return taken;
  }
}
