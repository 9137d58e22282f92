package org.fondaco.engine.core;

import org.fondaco.engine.protocol.ExpiryReason;

/** Runs the work queues: orders that were triggered and pending legs that come to life. */
final class Activations {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private final EventWriter events;
  private final Admission admission;
  private final Matcher matcher;
  private final Life life;
  private int budget;

  Activations(Venue venue, Admission admission, Matcher matcher, Life life) {
    this.venue = venue;
    this.admission = admission;
    this.matcher = matcher;
    this.life = life;
    orders = venue.orders;
    lists = venue.lists;
    events = venue.events;
  }

  /** Starts a command, which may run so many entries. */
  void begin(int entries) {
    budget = entries;
  }

  /** Runs what earlier commands left, by ascending symbol id. */
  void runDeferred() {
    if (venue.busyQueues() == 0) {
      return;
    }
    for (int i = 0; i < venue.marketCount(); i++) {
      run(venue.marketById(i));
    }
  }

  /** Whether a Tick would run something. */
  boolean due() {
    if (venue.busyQueues() == 0) {
      return false;
    }
    for (int i = 0; i < venue.marketCount(); i++) {
      Market m = venue.market(i);
      if (m.status == Codes.TRADING && !m.queue.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Runs a symbol's queue, and what it queues itself, until it is empty or the budget is spent. */
  void run(Market m) {
    while (budget > 0 && m.status == Codes.TRADING && !m.queue.isEmpty()) {
      budget--;
      int node = m.queue.head();
      m.queue.remove(node);
      if (WorkQueue.isList(node)) {
        activate(m, node >> 1);
      } else {
        trigger(m, node >> 1);
      }
    }
  }

  private void trigger(Market m, int o) {
    orders.markTriggered(o);
    orders.cold(o, Orders.WORKING_TIME, venue.time);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
    events.triggered(m, o);
    life.claimListHold(m, o);
    life.expireSibling(m, orders.list(o), orders.leg(o));
    boolean unfunded =
        orders.side(o) == Codes.BUY && Orders.marketType(orders.type(o)) && !affordable(m, o);
    if (unfunded) {
      life.expire(m, o, ExpiryReason.REJECTED);
    } else {
      matcher.run(m, o);
    }
  }

  private boolean affordable(Market m, int o) {
    long cost = admission.marketCost(m, orders.accountSlot(o), orders.mode(o), orders.left(o));
    return cost <= venue.ledger.available(orders.quoteBalance(o));
  }

  private void activate(Market m, int list) {
    int first = lists.leg(list, 1);
    int second = lists.leg(list, 2);
    if (!funded(m, first, second)) {
      life.expireList(m, list, ExpiryReason.REJECTED);
      return;
    }
    if (second < 0) {
      life.hold(m, first);
    } else {
      life.holdList(m, list, first, second);
    }
    announce(m, first);
    if (second >= 0) {
      announce(m, second);
    }
    if (start(m, list, first) && second >= 0) {
      start(m, list, second);
    }
  }

  private boolean funded(Market m, int first, int second) {
    boolean buy = orders.side(first) == Codes.BUY;
    long need = life.need(m, first);
    if (second >= 0) {
      need = Math.max(need, life.need(m, second));
    } else if (orders.type(first) == Codes.MARKET) {
      if (buy) {
        return affordable(m, first);
      }
      need = orders.left(first) * m.lotUnit;
    }
    int balance = buy ? orders.quoteBalance(first) : orders.baseBalance(first);
    return need <= venue.ledger.available(balance);
  }

  private void announce(Market m, int o) {
    orders.state(o, Orders.ACTIVE);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
    if (!Orders.conditional(orders.type(o))) {
      orders.cold(o, Orders.WORKING_TIME, venue.time);
    }
    events.activated(m, o);
  }

  /** Puts an activated leg to work; false when that ended its list. */
  private boolean start(Market m, int list, int o) {
    int type = orders.type(o);
    if (Orders.conditional(type)) {
      watch(m, o);
    } else if (type != Codes.LIMIT_MAKER) {
      matcher.run(m, o);
    } else if (admission.crosses(m, orders.side(o), orders.price(o))) {
      life.expireList(m, list, ExpiryReason.REJECTED);
      return false;
    } else {
      venue.books.rest(m, o);
    }
    return true;
  }

  private void watch(Market m, int o) {
    long stop = orders.cold(o, Orders.STOP);
    boolean reached = stop > 0 && Market.reached(orders.side(o), orders.type(o), stop, m.lastTicks);
    if (!reached) {
      m.stops.add(o);
    } else if (orders.cold(o, Orders.DELTA) > 0) {
      m.stops.follow(o, m.lastTicks);
      events.trailingStarted(m, o);
    } else {
      m.queue.push(WorkQueue.order(o));
    }
  }
}
