package org.fondaco.engine.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live model against the recomputed one, over seeded histories. */
class LiveReadModelTest {

  private static final int GROUPS = 1_500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void foldingEqualsRecomputation(long seed) {
    EventScript script = new EventScript(seed);
    LiveReadModel live = new LiveReadModel();
    RecomputedReadModel recomputed = new RecomputedReadModel();
    Group group = script.first();
    for (int i = 0; i < GROUPS; i++) {
      group.applyTo(live);
      recomputed.add(group);
      foldOfTheGroupAgrees(live, group);
      assertThat(live.sequence()).isEqualTo(group.sequence());
      if (i % 250 == 0 || i == GROUPS - 1) {
        compare(live, recomputed, "seed " + seed + " group " + i);
      }
      group = script.next();
    }
  }

  /** The answer that a caller gets is what the model says at that moment. */
  private static void foldOfTheGroupAgrees(LiveReadModel live, Group group) {
    for (EngineEvent event : group.events()) {
      if (event instanceof EngineEvent.OrderAccepted accepted) {
        EngineEvent.SymbolChanged symbol =
            live.symbols().stream()
                .filter(s -> s.symbol() == accepted.symbol())
                .findFirst()
                .orElseThrow();
        OrderFold fold = OrderFold.of(symbol, group.time(), group.events());
        OrderFold.Placed placed =
            fold.placed().stream()
                .filter(p -> p.order().orderId() == accepted.orderId())
                .findFirst()
                .orElseThrow();
        assertThat(live.order(accepted.account(), accepted.symbol(), accepted.orderId()))
            .contains(placed.order());
        assertThat(placed.accepted().status()).isEqualTo(accepted.status());
        assertThat(
                live.fills(accepted.account(), accepted.symbol()).stream()
                    .filter(f -> f.orderId() == accepted.orderId()))
            .isEqualTo(placed.fills());
        fold.list()
            .ifPresent(list ->
                assertThat(live.orderList(list.account(), list.orderListId())).contains(list));
      }
    }
  }

  private static void compare(LiveReadModel live, RecomputedReadModel recomputed, String at) {
    for (long account : EventScript.ACCOUNTS) {
      assertThat(live.balances(account)).as(at).isEqualTo(recomputed.balances(account));
      assertThat(live.openOrders(account, 0)).as(at).isEqualTo(recomputed.openOrders(account, 0));
      List<ListView> lists = recomputed.lists(account);
      assertThat(live.orderLists(account)).as(at).isEqualTo(lists);
      assertThat(live.openOrderLists(account))
          .as(at)
          .isEqualTo(lists.stream().filter(l -> l.listOrderStatus().ordinal() == 0).toList());
      for (ListView list : lists) {
        assertThat(live.orderList(account, list.orderListId())).as(at).contains(list);
        assertThat(live.orderListByClientId(account, list.listClientOrderId()))
            .as(at)
            .contains(list);
      }
      for (int symbol : EventScript.SYMBOLS) {
        compare(live, recomputed, account, symbol, at);
      }
    }
    for (int symbol : EventScript.SYMBOLS) {
      assertThat(live.depth(symbol, 1000)).as(at).isEqualTo(recomputed.depth(symbol, 1000));
      assertThat(live.depth(symbol, 3)).as(at).isEqualTo(recomputed.depth(symbol, 3));
      List<ReadModel.TradeView> trades = recomputed.trades(symbol);
      assertThat(live.trades(symbol, 1000)).as(at).isEqualTo(last(trades, 1000));
      assertThat(live.trades(symbol, 5)).as(at).isEqualTo(last(trades, 5));
      assertThat(live.lastPrice(symbol))
          .as(at)
          .isEqualTo(trades.isEmpty() ? 0 : trades.getLast().price());
    }
  }

  private static void compare(
      LiveReadModel live, RecomputedReadModel recomputed, long account, int symbol, String at) {
    List<OrderView> orders = recomputed.orders(account, symbol);
    assertThat(live.orders(account, symbol)).as(at).isEqualTo(orders);
    assertThat(live.latestOrders(account, symbol, 7)).as(at).isEqualTo(last(orders, 7));
    assertThat(live.openOrders(account, symbol))
        .as(at)
        .isEqualTo(recomputed.openOrders(account, symbol));
    List<ReadModel.FillView> fills = recomputed.fills(account, symbol);
    assertThat(live.fills(account, symbol)).as(at).isEqualTo(fills);
    assertThat(live.latestFills(account, symbol, 7)).as(at).isEqualTo(last(fills, 7));
    assertThat(live.preventedMatches(account, symbol))
        .as(at)
        .isEqualTo(recomputed.preventedMatches(account, symbol));
    assertThat(live.amendments(account, symbol))
        .as(at)
        .isEqualTo(recomputed.amendments(account, symbol));
    for (int n = 0; n < 8; n++) {
      String clientId = "id-" + n;
      assertThat(live.orderByClientId(account, symbol, clientId))
          .as(at)
          .isEqualTo(recomputed.orderByClientId(account, symbol, clientId));
    }
  }

  private static <T> List<T> last(List<T> all, int limit) {
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  @Test
  void configurationIsFoundByNameIdAndTier() {
    LiveReadModel live = new LiveReadModel();
    new EventScript(1).first().applyTo(live);
    assertThat(live.assets())
        .extracting(EngineEvent.AssetChanged::code)
        .containsExactly("A1", "A2", "A3");
    assertThat(live.symbols()).extracting(EngineEvent.SymbolChanged::symbol).containsExactly(1, 2);
    assertThat(live.symbol("A2A3")).contains(EventScript.symbol(2, "A2A3", 2, 3));
    assertThat(live.symbol("NONE")).isEmpty();
    assertThat(live.fees(1, 0)).contains(new EngineEvent.FeesChanged(1, 0, 100_000, 200_000));
    assertThat(live.fees(2, 0)).isEmpty();
    assertThat(live.account(1000))
        .contains(new EngineEvent.AccountChanged(1000, true, false, 0, -1, 0));
    assertThat(live.account(4711)).isEmpty();
    assertThat(live.balances(4711)).isEmpty();
    assertThat(live.openOrders(4711, 0)).isEmpty();
    assertThat(live.depth(9, 5)).isEqualTo(new ReadModel.Depth(0, List.of(), List.of()));
  }

  @Test
  void primedByStatesItGoesOnLikeTheOriginal() {
    EventScript script = new EventScript(77);
    LiveReadModel original = new LiveReadModel();
    Group group = script.first();
    group.applyTo(original);
    LiveReadModel primed = new LiveReadModel();
    group.applyTo(primed);
    for (int i = 0; i < 700; i++) {
      group = script.next();
      group.applyTo(original);
    }
    new Group(group.sequence(), group.time(), Priming.states(original)).applyTo(primed);
    for (int i = 0; i < 300; i++) {
      sameOpenState(primed, original);
      group = script.next();
      group.applyTo(original);
      group.applyTo(primed);
    }
    sameOpenState(primed, original);
  }

  private static void sameOpenState(LiveReadModel primed, LiveReadModel original) {
    for (long account : EventScript.ACCOUNTS) {
      assertThat(primed.openOrders(account, 0)).isEqualTo(original.openOrders(account, 0));
      assertThat(primed.openOrderLists(account)).isEqualTo(original.openOrderLists(account));
      assertThat(primed.balances(account)).isEqualTo(original.balances(account));
    }
    for (int symbol : EventScript.SYMBOLS) {
      assertThat(primed.depth(symbol, 1000)).isEqualTo(original.depth(symbol, 1000));
      assertThat(primed.lastPrice(symbol)).isEqualTo(original.lastPrice(symbol));
    }
  }

  @Test
  void closedOrdersAndFillsStayUntilHistoryHasThemAndTheWindowIsFull() {
    EventScript script = new EventScript(5);
    LiveReadModel small = new LiveReadModel(10, 15, 12, 20);
    LiveReadModel large = new LiveReadModel();
    Group group = script.first();
    for (int i = 0; i < 1_000; i++) {
      group.applyTo(small);
      group.applyTo(large);
      group = script.next();
    }
    for (long account : EventScript.ACCOUNTS) {
      assertThat(small.orders(account, 0)).isEqualTo(large.orders(account, 0));
      assertThat(small.fills(account, 0)).isEqualTo(large.fills(account, 0));
    }

    small.watermark(group.sequence() - 1);
    small.watermark(3);
    assertThat(small.watermark()).isEqualTo(group.sequence() - 1);
    for (int i = 0; i < 200; i++) {
      group.applyTo(small);
      group.applyTo(large);
      small.watermark(group.sequence());
      group = script.next();
    }
    int closed = 0;
    int fills = 0;
    int remarks = 0;
    for (long account : EventScript.ACCOUNTS) {
      assertThat(small.openOrders(account, 0)).isEqualTo(large.openOrders(account, 0));
      List<OrderView> here = small.orders(account, 0);
      assertThat(large.orders(account, 0)).containsAll(here);
      closed += here.size() - small.openOrders(account, 0).size();
      List<ReadModel.FillView> fillsHere = small.fills(account, 0);
      assertThat(fillsHere).isEqualTo(last(large.fills(account, 0), fillsHere.size()));
      fills += fillsHere.size();
      remarks += remarksEndLike(small, large, account);
    }
    // A group is forgotten after the next one at the latest, so the window may be exceeded by one.
    assertThat(closed).isBetween(10, 16);
    assertThat(fills).isBetween(15, 21);
    assertThat(remarks).isBetween(12, 16);
    assertThat(small.trades(1, 1000)).isEqualTo(last(large.trades(1, 1000), 20));
  }

  private static int remarksEndLike(LiveReadModel small, LiveReadModel large, long account) {
    int here = 0;
    for (int symbol : EventScript.SYMBOLS) {
      List<ReadModel.PreventedMatchView> prevented = small.preventedMatches(account, symbol);
      assertThat(prevented)
          .isEqualTo(last(large.preventedMatches(account, symbol), prevented.size()));
      List<ReadModel.AmendmentView> amended = small.amendments(account, symbol);
      assertThat(amended).isEqualTo(last(large.amendments(account, symbol), amended.size()));
      here += prevented.size() + amended.size();
    }
    return here;
  }
}
