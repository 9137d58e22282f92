package org.fondaco.engine.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.fondaco.engine.naive.NaiveState.LevelKey;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderStatus;

/** How orders rest and end, and what that means for their lists. */
final class NaiveLife {

  private final NaiveState state;
  private final NaiveLedger ledger;

  NaiveLife(NaiveState state, NaiveLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  void touch(Order order) {
    state.touchedLevels.add(new LevelKey(order.symbol.id, order.side(), order.price));
  }

  void removeFromBook(Order order) {
    if (order.resting()) {
      TreeMap<Long, List<Order>> side = order.symbol.side(order.side());
      List<Order> level = side.get(order.price);
      if (level != null) {
        level.remove(order);
        if (level.isEmpty()) {
          side.remove(order.price);
        }
      }
      touch(order);
    }
  }

  void rest(Order order) {
    long iceberg = order.spec.icebergQuantity();
    order.displayed = iceberg == 0 ? order.remaining() : Math.min(iceberg, order.remaining());
    order.symbol.side(order.side()).computeIfAbsent(order.price, _ -> new ArrayList<>()).add(order);
    touch(order);
  }

  void end(Order order) {
    removeFromBook(order);
    order.ended = true;
    state.openOrders.remove(order.orderId);
    ledger.rehold(order);
    NaiveState.Account account = state.accounts.get(order.account);
    if (account != null && account.clientIdWindow > 0) {
      List<String> closed =
          order.symbol.closedIds.computeIfAbsent(order.account, _ -> new ArrayList<>());
      closed.add(order.clientOrderId);
      if (closed.size() > account.clientIdWindow) {
        closed.removeFirst();
      }
    }
  }

  void expire(Order order, ExpiryReason reason) {
    state.emit(
        new EngineEvent.Expired(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            reason,
            OrderStatus.EXPIRED));
    end(order);
  }

  void listDone(OrderList list, String clientId) {
    if (list.done() && state.openLists.remove(list.orderListId) != null) {
      listStatus(list, ListStatusType.ALL_DONE, ListOrderStatus.ALL_DONE, clientId);
    }
  }

  void listStatus(OrderList list, ListStatusType type, ListOrderStatus status, String clientId) {
    state.emit(
        new EngineEvent.ListStatusChanged(
            list.symbol.id,
            list.orderListId,
            list.account,
            list.type == ListType.OCO ? ContingencyType.OCO : ContingencyType.OTO,
            type,
            status,
            clientId,
            list.legs.get(0).orderId,
            list.legs.get(1).orderId,
            list.legs.size() > 2 ? list.legs.get(2).orderId : 0));
  }

  /** What the end of an order, not by request, means for its list. */
  void afterEnd(Order order) {
    OrderList list = order.list;
    if (list == null) {
      return;
    }
    if (list.type != ListType.OCO && list.legs.getFirst() == order) {
      if (order.filled) {
        order.symbol.queue.add(list);
      } else {
        for (Order leg : list.pendingLegs()) {
          if (!leg.ended) {
            expire(leg, ExpiryReason.OTO_PHASE_ONE_EXPIRED);
          }
        }
      }
    }
    listDone(list, list.clientId);
  }

  void expireSibling(Order order) {
    Order sibling = order.openSibling();
    if (sibling != null) {
      expire(sibling, ExpiryReason.OCO_TRIGGER);
    }
  }

  /** Cancels an order, or all open legs of its list in leg order. */
  void cancel(Order order, String clientId) {
    OrderList list = order.list;
    if (list == null) {
      cancelOne(order, clientId);
      return;
    }
    for (Order leg : list.legs) {
      if (!leg.ended) {
        cancelOne(leg, clientId);
      }
    }
    listDone(list, clientId);
  }

  private void cancelOne(Order order, String clientId) {
    state.emit(
        new EngineEvent.Canceled(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            clientId));
    end(order);
  }

  /**
   * Expires orders of killed and frozen accounts, a list never split, within the command's budget.
   */
  void continueKills() {
    if (state.venueKilled) {
      killAll(new ArrayList<>(state.openOrders.values()));
      return;
    }
    for (NaiveState.Account account : state.accounts.values()) {
      if (account.killed || account.frozen) {
        killAll(state.openOrders.values().stream().filter(o -> o.account == account.id).toList());
      }
    }
  }

  private void killAll(List<Order> orders) {
    for (Order order : orders) {
      if (order.ended) {
        continue;
      }
      if (state.killBudget <= 0) {
        return;
      }
      OrderList list = order.list;
      for (Order leg : list == null ? List.of(order) : list.legs) {
        if (!leg.ended) {
          expire(leg, ExpiryReason.EXCHANGE_CANCELED);
          state.killBudget--;
        }
      }
      if (list != null) {
        listDone(list, list.clientId);
      }
    }
  }

  void expireInMatch(Order order, long executionId) {
    state.emit(
        new EngineEvent.Expired(
            order.symbol.id,
            order.orderId,
            order.account,
            executionId,
            ExpiryReason.SELF_TRADE_PREVENTION,
            OrderStatus.EXPIRED_IN_MATCH));
    end(order);
  }
}
