package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks that a venue's numbers agree with each other, whatever was done to it. */
final class Books {
  private static final String QUOTE = "USDT";

  private final Map<Picture.Holding, Picture.Balance> funding;

  /**
   * @param funded a picture from before anybody traded
   */
  Books(Picture funded) {
    assertThat(funded.fills()).isEmpty();
    funding = Map.copyOf(funded.balances());
  }

  void verify(Picture picture) {
    tradesHaveTwoSidesAndNoGap(picture);
    ordersAreExecutedByTheirFills(picture);
    balancesFollowFromFills(picture);
    nothingIsMadeOrLost(picture);
    lockedIsWhatOpenOrdersNeed(picture);
    depthIsTheOpenOrders(picture);
  }

  /** No trade id is used twice, and none is skipped; the two sides agree. */
  private static void tradesHaveTwoSidesAndNoGap(Picture picture) {
    Map<String, Map<Long, List<Picture.Fill>>> trades = new TreeMap<>();
    for (Picture.Fill fill : picture.fills()) {
      trades
          .computeIfAbsent(fill.symbol(), _ -> new TreeMap<>())
          .computeIfAbsent(fill.tradeId(), _ -> new ArrayList<>())
          .add(fill);
    }
    trades.forEach((symbol, byId) -> {
      long expected = 0;
      for (Map.Entry<Long, List<Picture.Fill>> trade : byId.entrySet()) {
        assertThat(trade.getKey()).as("trade id of %s", symbol).isEqualTo(expected++);
        List<Picture.Fill> sides = trade.getValue();
        assertThat(sides).as("sides of trade %d of %s", trade.getKey(), symbol).hasSize(2);
        assertThat(sides.get(0).buyer()).isNotEqualTo(sides.get(1).buyer());
        assertThat(sides.get(0).quantity()).isEqualByComparingTo(sides.get(1).quantity());
        assertThat(sides.get(0).quote()).isEqualByComparingTo(sides.get(1).quote());
      }
    });
  }

  private static void ordersAreExecutedByTheirFills(Picture picture) {
    Map<Long, BigDecimal> filled = new HashMap<>();
    picture.fills().forEach(fill -> filled.merge(fill.orderId(), fill.quantity(), BigDecimal::add));
    picture
        .orders()
        .forEach((orderId, order) ->
            assertThat(filled.getOrDefault(orderId, BigDecimal.ZERO))
                .as("fills of order %d %s", orderId, order)
                .isEqualByComparingTo(order.executed()));
  }

  private void balancesFollowFromFills(Picture picture) {
    Map<Picture.Holding, BigDecimal> expected = new HashMap<>();
    funding.forEach((holding, balance) -> expected.put(holding, balance.total()));
    for (Picture.Fill fill : picture.fills()) {
      String base = base(fill.symbol());
      assertThat(fill.feeAsset()).isEqualTo(fill.buyer() ? base : QUOTE);
      move(expected, fill.user(), base, fill.quantity(), fill.buyer());
      move(expected, fill.user(), QUOTE, fill.quote(), !fill.buyer());
      move(expected, fill.user(), fill.feeAsset(), fill.fee(), false);
    }
    picture
        .balances()
        .forEach((holding, balance) ->
            assertThat(balance.total())
                .as("total of %s", holding)
                .isEqualByComparingTo(expected.getOrDefault(holding, BigDecimal.ZERO)));
  }

  /** What users have and what they paid in fees is what they were funded with. */
  private void nothingIsMadeOrLost(Picture picture) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    funding.forEach((holding, balance) ->
        sums.merge(holding.asset(), balance.total().negate(), BigDecimal::add));
    picture
        .balances()
        .forEach(
            (holding, balance) -> sums.merge(holding.asset(), balance.total(), BigDecimal::add));
    picture.fills().forEach(fill -> sums.merge(fill.feeAsset(), fill.fee(), BigDecimal::add));
    sums.forEach((asset, sum) ->
        assertThat(sum).as("made of nothing in %s", asset).isEqualByComparingTo(BigDecimal.ZERO));
  }

  /** ENGINE.md §Funds: a list holds what its dearest leg needs, a pending leg nothing. */
  private static void lockedIsWhatOpenOrdersNeed(Picture picture) {
    Map<Picture.Holding, BigDecimal> locked = new HashMap<>();
    Map<Long, BigDecimal> lists = new HashMap<>();
    for (Picture.Order order : picture.orders().values()) {
      if (!order.open() || order.status().equals("PENDING_NEW")) {
        continue;
      }
      BigDecimal need =
          order.buys() ? order.remaining().multiply(order.price()) : order.remaining();
      if (order.orderListId() >= 0) {
        BigDecimal before = lists.getOrDefault(order.orderListId(), BigDecimal.ZERO);
        lists.put(order.orderListId(), before.max(need));
        need = need.subtract(before).max(BigDecimal.ZERO);
      }
      String asset = order.buys() ? QUOTE : base(order.symbol());
      locked.merge(new Picture.Holding(order.user(), asset), need, BigDecimal::add);
    }
    picture
        .balances()
        .forEach((holding, balance) ->
            assertThat(balance.locked())
                .as("locked of %s", holding)
                .isEqualByComparingTo(locked.getOrDefault(holding, BigDecimal.ZERO)));
  }

  private static void depthIsTheOpenOrders(Picture picture) {
    Map<Picture.Level, BigDecimal> expected = new HashMap<>();
    for (Picture.Order order : picture.orders().values()) {
      if (order.open() && order.working()) {
        expected.merge(
            Picture.level(order.symbol(), order.side(), order.price().toPlainString()),
            order.remaining(),
            BigDecimal::add);
      }
    }
    expected.replaceAll((_, quantity) -> quantity.stripTrailingZeros());
    assertThat(picture.depth()).isEqualTo(expected);
  }

  private static String base(String symbol) {
    assertThat(symbol).endsWith(QUOTE);
    return symbol.substring(0, symbol.length() - QUOTE.length());
  }

  private static void move(
      Map<Picture.Holding, BigDecimal> balances,
      String user,
      String asset,
      BigDecimal amount,
      boolean in) {
    balances.merge(
        new Picture.Holding(user, asset), in ? amount : amount.negate(), BigDecimal::add);
  }
}
