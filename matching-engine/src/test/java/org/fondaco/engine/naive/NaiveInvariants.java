package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.naive.NaiveState.BalanceKey;
import org.fondaco.engine.naive.NaiveState.LevelKey;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Reservation;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Side;

/** What must hold after every command; recomputed from nothing each time. */
final class NaiveInvariants {

  private final NaiveState state;

  /** Depth as a follower of LevelChanged knows it. */
  private final Map<LevelKey, Long> depth = new HashMap<>();

  NaiveInvariants(NaiveState state) {
    this.state = state;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  void check() {
    zeroSums();
    holds();
    followDepth();
    books();
  }

  private void zeroSums() {
    Map<Integer, BigInteger> sums = new TreeMap<>();
    state.balances.forEach((key, balance) -> {
      sums.merge(key.asset(), BigInteger.valueOf(balance.total), BigInteger::add);
      boolean system = SystemAccounts.isSystem(key.account());
      require(balance.held >= 0, "held below zero: " + key);
      require(system || balance.total >= balance.held, "more held than owned: " + key);
    });
    sums.forEach((asset, sum) -> require(sum.signum() == 0, "asset " + asset + " sums to " + sum));
  }

  private void holds() {
    Map<BalanceKey, Long> sums = new HashMap<>();
    for (Order order : state.openOrders.values()) {
      int asset = NaiveLedger.heldAsset(order.symbol, order.side());
      sums.merge(new BalanceKey(order.account, asset), order.held, Math::addExact);
    }
    for (OrderList list : state.openLists.values()) {
      if (!list.pair().isEmpty()) {
        int asset = NaiveLedger.heldAsset(list.symbol, list.pair().getFirst().side());
        sums.merge(new BalanceKey(list.account, asset), list.held, Math::addExact);
      }
    }
    for (Reservation hold : state.reservations.values()) {
      if (hold.token() == 0) {
        sums.merge(new BalanceKey(hold.account(), hold.asset()), hold.amount(), Math::addExact);
      }
    }
    state.balances.forEach((key, balance) ->
        require(
            balance.held == sums.getOrDefault(key, 0L),
            key + " held " + balance.held + " but holds are " + sums.get(key)));
  }

  private void followDepth() {
    for (EngineEvent event : state.events) {
      if (event instanceof EngineEvent.LevelChanged level) {
        LevelKey key = new LevelKey(level.symbol(), level.side(), level.price());
        if (level.quantity() == 0) {
          depth.remove(key);
        } else {
          depth.put(key, level.quantity());
        }
      }
    }
  }

  private void books() {
    Map<LevelKey, Long> shown = new HashMap<>();
    int resting = 0;
    for (Symbol symbol : state.symbols.values()) {
      for (Side side : Side.values()) {
        for (Map.Entry<Long, List<Order>> level : symbol.side(side).entrySet()) {
          require(!level.getValue().isEmpty(), "empty level " + level.getKey());
          for (Order order : level.getValue()) {
            resting++;
            require(!order.ended && order.price == level.getKey(), "misplaced " + order.orderId);
            require(
                order.displayed > 0 && order.displayed <= order.remaining(),
                "shows " + order.displayed + " of " + order.remaining());
            shown.merge(new LevelKey(symbol.id, side, level.getKey()), order.displayed, Long::sum);
          }
        }
      }
      require(
          symbol.bids.isEmpty()
              || symbol.asks.isEmpty()
              || symbol.bids.firstKey() < symbol.asks.firstKey(),
          "crossed book of " + symbol.name);
    }
    require(shown.equals(depth), "depth " + depth + " is not " + shown);
    long working =
        state.openOrders.values().stream()
            .filter(order -> order.place == NaiveState.Place.WORKING)
            .count();
    require(working == resting, working + " working orders but " + resting + " resting");
  }
}
