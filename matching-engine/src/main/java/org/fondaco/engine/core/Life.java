package org.fondaco.engine.core;

import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.OrderStatus;

/** Birth and end of orders and of their lists, with the holds that belong to them. */
final class Life {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private final Ledger ledger;
  private final EventWriter events;

  Life(Venue venue) {
    this.venue = venue;
    orders = venue.orders;
    lists = venue.lists;
    ledger = venue.ledger;
    events = venue.events;
  }

  /** Makes an ACTIVE order of an admitted request; opens no hold and says nothing. */
  int open(Market m, int position, OrderRequest r) {
    int o = orders.allocate();
    orders.id(o, venue.nextOrderId++);
    orders.flags(o, r.side, r.type, r.timeInForce, r.mode);
    if (r.bookEnded) {
      orders.markBookEnded(o);
    }
    orders.price(o, r.ticks);
    orders.left(o, r.lots);
    orders.quantity(o, r.lots);
    orders.shown(o, 0);
    orders.executed(o, 0);
    orders.held(o, 0);
    orders.list(o, -1);
    orders.market(o, m.slot);
    cold(o, r);
    attach(o, position);
    return o;
  }

  private void cold(int o, OrderRequest r) {
    long time = venue.time;
    orders.cold(o, Orders.PRIORITY, 0);
    orders.cold(o, Orders.STOP, r.stopTicks);
    orders.cold(o, Orders.ICEBERG, r.icebergLots);
    orders.cold(o, Orders.QUOTE_QUANTITY, r.quoteQuantity);
    orders.cold(o, Orders.EXECUTED_QUOTE, 0);
    orders.cold(o, Orders.PREVENTED, 0);
    orders.cold(o, Orders.ACCEPTED_TIME, time);
    orders.cold(o, Orders.WORKING_TIME, Orders.conditional(r.type) ? -1 : time);
    orders.cold(o, Orders.UPDATE_TIME, time);
    orders.cold(o, Orders.TRAILING_TIME, -1);
    orders.cold(o, Orders.PREVENTED_MATCH, -1);
    orders.cold(o, Orders.STRATEGY_ID, r.strategyId);
    orders.cold(o, Orders.STRATEGY_TYPE, r.strategyType);
    orders.cold(o, Orders.DELTA, r.delta);
    orders.cold(o, Orders.AMENDS, 0);
    System.arraycopy(
        r.clientId, 0, orders.clientIdArray(), orders.clientIdAt(o), Orders.CLIENT_ID_LONGS);
  }

  /** Enters an order into the indexes; ids must arrive in ascending order. */
  void attach(int o, int position) {
    Positions positions = venue.positions;
    int accountSlot = positions.account(position);
    orders.account(o, venue.accounts.id(accountSlot));
    orders.accountSlot(o, accountSlot);
    orders.balances(o, positions.baseBalance(position), positions.quoteBalance(position));
    positions.append(position, o);
    if (orders.side(o) == Codes.BUY) {
      positions.addOpenBuy(position, orders.left(o));
    }
    venue.orderSlots.add(orders.id(o), o);
    venue.clientIds.add(o);
  }

  /** Changes an order's own hold to what it needs for what it has left. */
  void hold(Market m, int o) {
    long need = need(m, o);
    addHeld(o, need - orders.held(o));
    orders.held(o, need);
  }

  long need(Market m, int o) {
    return orders.left(o) * m.holdPerLot(orders.side(o), orders.type(o), orders.price(o));
  }

  private void addHeld(int o, long change) {
    boolean buy = orders.side(o) == Codes.BUY;
    ledger.add(buy ? orders.quoteBalance(o) : orders.baseBalance(o), 0, change);
  }

  /** Opens the common hold of an OCO pair: the dearer leg's need. */
  void holdList(Market m, int list, int leg, int other) {
    long need = Math.max(need(m, leg), need(m, other));
    addHeld(leg, need - lists.held(list));
    lists.held(list, need);
  }

  /**
   * Before the first fill, trigger or prevention of an OCO leg: the pair's hold becomes its own.
   */
  void claimListHold(Market m, int o) {
    int list = orders.list(o);
    if (list < 0 || lists.held(list) == 0) {
      return;
    }
    long need = need(m, o);
    addHeld(o, need - lists.held(list));
    orders.held(o, need);
    lists.held(list, 0);
  }

  /** After the first fill, trigger or prevention of an OCO leg: its sibling expires. */
  void expireSibling(Market m, int list, int leg) {
    int sibling = list < 0 ? -1 : lists.sibling(list, leg);
    if (sibling >= 0) {
      sayExpired(m, sibling, ExpiryReason.OCO_TRIGGER);
      close(m, sibling);
    }
  }

  private void sayExpired(Market m, int o, ExpiryReason reason) {
    events.expired(m, o, reason, OrderStatus.EXPIRED, m.nextExecutionId++);
  }

  /** Says that an order expired and ends it. */
  void expire(Market m, int o, ExpiryReason reason) {
    sayExpired(m, o, reason);
    end(m, o, false);
  }

  /** Ends an order of which everything has been said, then sees to its list. */
  void end(Market m, int o, boolean filled) {
    int list = orders.list(o);
    int leg = orders.leg(o);
    close(m, o);
    afterEnd(m, list, leg, filled);
  }

  /** Sees to the list, if any, of a leg that was closed. */
  void afterEnd(Market m, int list, int leg, boolean filled) {
    if (list < 0) {
      return;
    }
    if (leg == 0 && lists.type(list) != Lists.OCO) {
      if (filled) {
        m.queue.push(WorkQueue.list(list));
      } else {
        expirePending(m, list);
      }
    }
    if (lists.done(list)) {
      closeList(m, list, lists.clientIdArray(), lists.clientIdAt(list));
    }
  }

  private void expirePending(Market m, int list) {
    for (int leg = 1; leg < Lists.LEGS_MAX; leg++) {
      int o = lists.leg(list, leg);
      if (o >= 0) {
        sayExpired(m, o, ExpiryReason.OTO_PHASE_ONE_EXPIRED);
        close(m, o);
      }
    }
  }

  /** Expires all open legs of a list, in leg order. */
  void expireList(Market m, int list, ExpiryReason reason) {
    for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
      int o = lists.leg(list, leg);
      if (o >= 0) {
        sayExpired(m, o, reason);
        close(m, o);
      }
    }
    closeList(m, list, lists.clientIdArray(), lists.clientIdAt(list));
  }

  /** Cancels an order, or the whole list that it belongs to. */
  void cancel(Market m, int o, long[] requestId) {
    int list = orders.list(o);
    if (list >= 0) {
      cancelList(m, list, requestId);
      return;
    }
    events.canceled(m, o, requestId);
    close(m, o);
  }

  void cancelList(Market m, int list, long[] requestId) {
    for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
      int o = lists.leg(list, leg);
      if (o >= 0) {
        events.canceled(m, o, requestId);
        close(m, o);
      }
    }
    closeList(m, list, requestId, 0);
  }

  /** Takes an order out of everything and gives back what it held. */
  void close(Market m, int o) {
    leave(m, o);
    int list = orders.list(o);
    if (list >= 0) {
      lists.leg(list, orders.leg(o), -1);
      if (lists.held(list) > 0) {
        shareListHold(m, list, o);
      }
    }
    addHeld(o, -orders.held(o));
    int position = orders.position(o);
    if (orders.side(o) == Codes.BUY) {
      venue.positions.addOpenBuy(position, -orders.left(o));
    }
    venue.clientIds.remove(o);
    remember(position, o);
    venue.positions.remove(position, o);
    venue.orderSlots.remove(orders.id(o));
    orders.release(o);
  }

  /** The pair's hold shrinks to what its other leg needs, or ends with its last leg. */
  private void shareListHold(Market m, int list, int ended) {
    int sibling = lists.sibling(list, orders.leg(ended));
    long need = sibling < 0 ? 0 : need(m, sibling);
    addHeld(ended, need - lists.held(list));
    lists.held(list, need);
  }

  /** Takes an order out of its book, stop index or queue. */
  void leave(Market m, int o) {
    int state = orders.state(o);
    if (state == Orders.RESTING) {
      venue.books.remove(m, o);
    } else if (state == Orders.STOPPED || state == Orders.TRAILING) {
      m.stops.remove(o);
    } else if (state == Orders.QUEUED) {
      m.queue.remove(WorkQueue.order(o));
    }
    orders.state(o, Orders.ACTIVE);
  }

  private void remember(int position, int o) {
    int window = venue.accounts.window(orders.accountSlot(o));
    if (window == 0) {
      return;
    }
    ClosedIds closed = venue.positions.closed(position);
    if (closed == null) {
      closed = new ClosedIds(window);
      venue.positions.closed(position, closed);
    }
    closed.add(orders.clientIdArray(), orders.clientIdAt(o));
  }

  private void closeList(Market m, int list, long[] clientId, int clientIdAt) {
    events.listStatus(m, lists, list, true, clientId, clientIdAt);
    if (lists.queued(list)) {
      m.queue.remove(WorkQueue.list(list));
    }
    venue.listClientIds.remove(list);
    venue.listSlots.remove(lists.id(list));
    venue.positions.addLists(lists.position(list), -1);
    lists.release(list);
  }
}
