package org.fondaco.api.wsapi;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Routes;
import org.jspecify.annotations.Nullable;

/**
 * The methods that are REST's endpoints under another name [web-socket-api.md §Public API
 * requests].
 */
final class MethodTable {
  private static final String API = "/api/v3/";

  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Routes routes;

  /**
   * @throws IllegalArgumentException when REST lacks one of them
   */
  MethodTable(Routes routes) {
    this.routes = routes;
    general();
    trading();
    account();
    listenKeys();
  }

  @Nullable Endpoint find(String method) {
    return endpoints.get(method);
  }

  private void general() {
    add("ping", Method.GET, "ping");
    add("time", Method.GET, "time");
    add("exchangeInfo", Method.GET, "exchangeInfo");
    add("depth", Method.GET, "depth");
    add("trades.recent", Method.GET, "trades");
    add("trades.historical", Method.GET, "historicalTrades");
    add("trades.aggregate", Method.GET, "aggTrades");
    add("klines", Method.GET, "klines");
    add("uiKlines", Method.GET, "uiKlines");
    add("avgPrice", Method.GET, "avgPrice");
    add("ticker.24hr", Method.GET, "ticker/24hr");
    add("ticker.tradingDay", Method.GET, "ticker/tradingDay");
    add("ticker", Method.GET, "ticker");
    add("ticker.price", Method.GET, "ticker/price");
    add("ticker.book", Method.GET, "ticker/bookTicker");
  }

  private void trading() {
    add("order.place", Method.POST, "order");
    add("order.test", Method.POST, "order/test");
    add("order.status", Method.GET, "order");
    add("order.cancel", Method.DELETE, "order");
    add("order.cancelReplace", Method.POST, "order/cancelReplace");
    add("order.amend.keepPriority", Method.PUT, "order/amend/keepPriority");
    add("openOrders.status", Method.GET, "openOrders");
    add("openOrders.cancelAll", Method.DELETE, "openOrders");
    add("orderList.place", Method.POST, "order/oco");
    add("orderList.place.oco", Method.POST, "orderList/oco");
    add("orderList.place.oto", Method.POST, "orderList/oto");
    add("orderList.place.otoco", Method.POST, "orderList/otoco");
    add("orderList.status", Method.GET, "orderList");
    add("orderList.cancel", Method.DELETE, "orderList");
    add("openOrderLists.status", Method.GET, "openOrderList");
  }

  private void account() {
    add("account.status", Method.GET, "account");
    add("account.commission", Method.GET, "account/commission");
    add("account.rateLimits.orders", Method.GET, "rateLimit/order");
    add("allOrders", Method.GET, "allOrders");
    add("allOrderLists", Method.GET, "allOrderList");
    add("myTrades", Method.GET, "myTrades");
    add("myPreventedMatches", Method.GET, "myPreventedMatches");
    add("order.amendments", Method.GET, "order/amendments");
    add("myFilters", Method.GET, "myFilters");
  }

  private void listenKeys() {
    add("userDataStream.start", Method.POST, "userDataStream");
    add("userDataStream.ping", Method.PUT, "userDataStream");
    add("userDataStream.stop", Method.DELETE, "userDataStream");
  }

  private void add(String name, Method method, String path) {
    endpoints.put(name, routes.endpoint(method, API + path));
  }
}
