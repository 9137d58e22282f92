package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.fondaco.engine.naive.NaiveMarket.PriceRange;
import org.fondaco.engine.naive.NaiveState.LevelKey;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Place;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;

/** Matching, prevention, triggers, lists and the ends of orders. */
final class NaiveMatching {

  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  private final NaiveState state;
  private final NaiveLedger ledger;
  private final NaiveMarket market;

  NaiveMatching(NaiveState state, NaiveLedger ledger, NaiveMarket market) {
    this.state = state;
    this.ledger = ledger;
    this.market = market;
  }

  // Ends of orders.

  private void touch(Order order) {
    state.touchedLevels.add(new LevelKey(order.symbol.id, order.side(), order.price));
  }

  private void removeFromBook(Order order) {
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

  private void rest(Order order) {
    long iceberg = order.spec.icebergQuantity();
    order.displayed = iceberg == 0 ? order.remaining() : Math.min(iceberg, order.remaining());
    order.symbol.side(order.side()).computeIfAbsent(order.price, _ -> new ArrayList<>()).add(order);
    touch(order);
  }

  private void end(Order order) {
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

  private void expire(Order order, ExpiryReason reason) {
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
  private void afterEnd(Order order) {
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

  private void expireSibling(Order order) {
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

  /** Expires orders of killed accounts, a list never split, within the command's budget. */
  void continueKills() {
    if (state.venueKilled) {
      killAll(new ArrayList<>(state.openOrders.values()));
      return;
    }
    for (NaiveState.Account account : state.accounts.values()) {
      if (account.killed) {
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

  // Taking.

  /** Lets an open order that now works take what it can, then rest or end. */
  void take(Order taker) {
    Symbol symbol = taker.symbol;
    boolean anyPrice = NaiveState.marketLike(taker.spec.type());
    if (taker.spec.timeInForce() == TimeInForce.FOK) {
      NaiveMarket.Walk walk =
          market.walk(
              symbol,
              taker.account,
              taker.side(),
              taker.spec.selfTradePreventionMode(),
              taker.price,
              taker.remaining(),
              null);
      if (walk.traded() < taker.remaining()) {
        expire(taker, ExpiryReason.UNFILLED_FOK_ORDER_EXPIRED);
        afterEnd(taker);
        return;
      }
    }
    PriceRange range = market.priceRange(symbol, taker.side());
    TreeMap<Long, List<Order>> opposite = symbol.opposite(taker.side());
    boolean outOfRange = false;
    while (!taker.ended && taker.remaining() > 0 && !opposite.isEmpty() && !outOfRange) {
      long price = opposite.firstKey();
      if (!anyPrice && !symbol.crosses(taker.side(), taker.price, price)) {
        break;
      }
      Order maker = opposite.firstEntry().getValue().getFirst();
      if (taker.spec.selfTradePreventionMode() != SelfTradePreventionMode.NONE
          && market.selfTrade(taker.account, maker.account)) {
        prevent(taker, maker, price);
      } else if (!range.contains(price)) {
        outOfRange = true;
      } else {
        fill(taker, maker, price);
      }
    }
    if (!taker.ended) {
      finish(taker, anyPrice, outOfRange);
    }
    if (taker.ended) {
      afterEnd(taker);
    }
  }

  private void finish(Order taker, boolean anyPrice, boolean outOfRange) {
    if (taker.remaining() == 0) {
      if (taker.bookEnded) {
        expire(taker, ExpiryReason.INSUFFICIENT_LIQUIDITY);
      } else {
        taker.filled = true;
        end(taker);
      }
    } else if (outOfRange) {
      expire(taker, ExpiryReason.EXECUTION_RULE_PRICE_RANGE_EXCEEDED);
    } else if (anyPrice) {
      expire(taker, ExpiryReason.INSUFFICIENT_LIQUIDITY);
    } else if (taker.spec.timeInForce() == TimeInForce.IOC) {
      expire(taker, ExpiryReason.UNFILLED_IOC_QUANTITY_EXPIRED);
    } else {
      rest(taker);
    }
  }

  /** A resting order loses quantity by a trade or a decrement; a spent slice goes to the tail. */
  private void reduceDisplayed(Order maker, long quantity) {
    touch(maker);
    maker.displayed -= quantity;
    if (maker.displayed == 0 && maker.remaining() > 0) {
      removeFromBook(maker);
      rest(maker);
    }
  }

  private void fill(Order taker, Order maker, long price) {
    Symbol symbol = taker.symbol;
    long quantity = Math.min(taker.remaining(), maker.displayed);
    final boolean makersFirst = maker.executed == 0;
    final boolean takersFirst = taker.executed == 0;
    taker.executed += quantity;
    maker.executed += quantity;
    NaiveLedger.Settlement settlement = ledger.settle(taker, maker, price, quantity);
    reduceDisplayed(maker, quantity);
    market.recordTrade(symbol, quantity, settlement.quoteQuantity());
    long takerExecutionId = symbol.nextExecutionId++;
    long makerExecutionId = symbol.nextExecutionId++;
    state.emit(
        new EngineEvent.Trade(
            symbol.id,
            symbol.nextTradeId++,
            price,
            quantity,
            settlement.quoteQuantity(),
            taker.side(),
            taker.orderId,
            maker.orderId,
            taker.account,
            maker.account,
            settlement.takerFee(),
            settlement.makerFee(),
            takerExecutionId,
            makerExecutionId));
    if (takersFirst) {
      expireSibling(taker);
    }
    if (makersFirst) {
      expireSibling(maker);
    }
    trigger(symbol, price);
    if (maker.remaining() == 0) {
      maker.filled = true;
      end(maker);
      afterEnd(maker);
    }
  }

  private void prevent(Order taker, Order maker, long price) {
    Symbol symbol = taker.symbol;
    SelfTradePreventionMode mode = taker.spec.selfTradePreventionMode();
    long quantity = Math.min(taker.remaining(), maker.displayed);
    long fromTaker =
        switch (mode) {
          case EXPIRE_TAKER, EXPIRE_BOTH -> taker.remaining();
          case DECREMENT -> quantity;
          case EXPIRE_MAKER, NONE -> 0;
        };
    long fromMaker =
        switch (mode) {
          case EXPIRE_MAKER, EXPIRE_BOTH -> maker.remaining();
          case DECREMENT -> quantity;
          case EXPIRE_TAKER, NONE -> 0;
        };
    long takerExecutionId = fromTaker > 0 ? symbol.nextExecutionId++ : 0;
    long makerExecutionId = fromMaker > 0 ? symbol.nextExecutionId++ : 0;
    NaiveState.Account takerAccount = state.accounts.get(taker.account);
    state.emit(
        new EngineEvent.PreventedMatch(
            symbol.id,
            symbol.nextPreventedMatchId++,
            taker.orderId,
            maker.orderId,
            taker.account,
            maker.account,
            takerAccount == null ? -1 : takerAccount.tradeGroupId,
            mode,
            price,
            quantity,
            fromTaker,
            fromMaker,
            takerExecutionId,
            makerExecutionId));
    taker.prevented += fromTaker;
    maker.prevented += fromMaker;
    if (taker.remaining() == 0) {
      expireInMatch(taker, takerExecutionId);
    } else {
      ledger.rehold(taker);
    }
    if (fromMaker > 0) {
      preventMaker(maker, mode, quantity, makerExecutionId);
    }
  }

  private void preventMaker(
      Order maker, SelfTradePreventionMode mode, long quantity, long executionId) {
    if (maker.remaining() == 0) {
      expireInMatch(maker, executionId);
    } else if (mode == SelfTradePreventionMode.DECREMENT) {
      ledger.rehold(maker);
      reduceDisplayed(maker, quantity);
    }
    expireSibling(maker);
    if (maker.ended) {
      afterEnd(maker);
    }
  }

  private void expireInMatch(Order order, long executionId) {
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

  // Conditional orders.

  /** A trade at this price: trailing extremes first, then stops, then trailing orders. */
  private void trigger(Symbol symbol, long price) {
    long previous = symbol.lastPrice;
    symbol.lastPrice = price;
    List<Order> waiting =
        state.openOrders.values().stream()
            .filter(o -> o.symbol == symbol && o.place == Place.WAITING && !o.queued)
            .toList();
    Comparator<Order> nearest =
        Comparator.<Order>comparingLong(o -> Math.abs(o.spec.stopPrice() - previous))
            .thenComparingLong(o -> o.orderId);
    for (Order order : waiting) {
      if (order.tracking) {
        order.extreme =
            order.side() == Side.SELL
                ? Math.max(order.extreme, price)
                : Math.min(order.extreme, price);
      }
    }
    waiting.stream()
        .filter(o -> o.spec.trailingDelta() > 0 && !o.tracking)
        .filter(o -> NaiveState.stopMet(o.spec, price))
        .sorted(nearest)
        .forEach(o -> startTracking(o, price));
    waiting.stream()
        .filter(o -> o.spec.trailingDelta() == 0 && NaiveState.stopMet(o.spec, price))
        .sorted(nearest)
        .forEach(this::enqueue);
    waiting.stream()
        .filter(o -> o.tracking && trailingMet(o, price))
        .sorted(Comparator.comparingLong(o -> o.orderId))
        .forEach(this::enqueue);
  }

  private void startTracking(Order order, long price) {
    order.tracking = true;
    order.extreme = price;
    state.emit(new EngineEvent.TrailingStarted(order.symbol.id, order.orderId, order.account));
  }

  private static boolean trailingMet(Order order, long price) {
    int delta = order.spec.trailingDelta();
    BigInteger scaled = BigInteger.valueOf(price).multiply(TEN_THOUSAND);
    BigInteger extreme = BigInteger.valueOf(order.extreme);
    return order.side() == Side.SELL
        ? scaled.compareTo(extreme.multiply(BigInteger.valueOf(10_000 - delta))) <= 0
        : scaled.compareTo(extreme.multiply(BigInteger.valueOf(10_000 + delta))) >= 0;
  }

  private void enqueue(Order order) {
    order.queued = true;
    order.symbol.queue.add(order);
  }

  /** Puts a conditional order that is not pending under observation of the last price. */
  void await(Order order) {
    order.place = Place.WAITING;
    if (order.spec.trailingDelta() > 0 && order.spec.stopPrice() == 0) {
      order.tracking = true;
      order.extreme = order.symbol.lastPrice;
    } else if (NaiveState.stopMet(order.spec, order.symbol.lastPrice)) {
      // Only an activated order can be here; a placed one would have been rejected.
      if (order.spec.trailingDelta() > 0) {
        startTracking(order, order.symbol.lastPrice);
      } else {
        enqueue(order);
      }
    }
  }

  void runQueue(Symbol symbol) {
    while (symbol.status == SymbolStatus.TRADING
        && state.queueBudget > 0
        && !symbol.queue.isEmpty()) {
      switch (symbol.queue.remove()) {
        case Order order when !order.ended -> {
          state.queueBudget--;
          runTrigger(order);
        }
        case OrderList list when !list.done() -> {
          state.queueBudget--;
          activate(list);
        }
        default -> {}
      }
    }
  }

  void runAllQueues() {
    state.symbols.values().forEach(this::runQueue);
  }

  private void runTrigger(Order order) {
    state.emit(
        new EngineEvent.Triggered(
            order.symbol.id, order.orderId, order.account, order.symbol.nextExecutionId++));
    order.place = Place.WORKING;
    expireSibling(order);
    if (fundedAsTaker(order)) {
      take(order);
    } else {
      expire(order, ExpiryReason.REJECTED);
      afterEnd(order);
    }
  }

  /** A market-like BUY holds nothing until it is triggered, so it must afford its walk now. */
  private boolean fundedAsTaker(Order order) {
    return !NaiveState.marketLike(order.spec.type())
        || order.side() == Side.SELL
        || ledger.affordable(order.account, order.symbol.quote, takerCost(order));
  }

  private BigInteger takerCost(Order order) {
    if (order.side() == Side.SELL) {
      return BigInteger.valueOf(order.remaining());
    }
    return market
        .walk(
            order.symbol,
            order.account,
            order.side(),
            order.spec.selfTradePreventionMode(),
            0,
            order.remaining(),
            null)
        .cost();
  }

  // Activation.

  private void activate(OrderList list) {
    List<Order> legs = list.pendingLegs().stream().filter(leg -> !leg.ended).toList();
    BigInteger required = BigInteger.ZERO;
    for (Order leg : legs) {
      leg.place = leg.spec.type() == OrderType.MARKET ? Place.WORKING : Place.WAITING;
      required =
          required.max(
              leg.spec.type() == OrderType.MARKET ? takerCost(leg) : ledger.requirement(leg));
    }
    Order first = legs.getFirst();
    if (!ledger.affordable(
        list.account, NaiveLedger.heldAsset(list.symbol, first.side()), required)) {
      legs.forEach(leg -> leg.place = Place.PENDING);
      legs.forEach(leg -> expire(leg, ExpiryReason.REJECTED));
      listDone(list, list.clientId);
      return;
    }
    for (Order leg : legs) {
      boolean conditional = NaiveState.conditional(leg.spec.type());
      leg.place = conditional ? Place.WAITING : Place.WORKING;
      ledger.rehold(leg);
      state.emit(
          new EngineEvent.Activated(
              list.symbol.id,
              leg.orderId,
              leg.account,
              list.symbol.nextExecutionId++,
              !conditional));
    }
    for (Order leg : legs) {
      if (!leg.ended) {
        startLeg(list, leg, legs);
      }
    }
  }

  private void startLeg(OrderList list, Order leg, List<Order> legs) {
    if (NaiveState.conditional(leg.spec.type())) {
      await(leg);
    } else if (leg.spec.type() != OrderType.LIMIT_MAKER) {
      take(leg);
    } else if (market.wouldTake(list.symbol, leg.side(), leg.price)) {
      legs.stream().filter(other -> !other.ended).forEach(o -> expire(o, ExpiryReason.REJECTED));
      listDone(list, list.clientId);
    } else {
      rest(leg);
    }
  }

  // Entries for commands.

  /** A new order, already accepted and held, starts its life. */
  void start(Order order) {
    if (NaiveState.conditional(order.spec.type())) {
      await(order);
    } else if (order.spec.type() == OrderType.LIMIT_MAKER) {
      rest(order);
    } else {
      take(order);
    }
  }

  void amend(Order order, long newQuantity, String clientId) {
    String before = order.clientOrderId;
    order.quantity = newQuantity;
    order.clientOrderId = clientId;
    order.amends++;
    if (order.resting()) {
      order.displayed = Math.min(order.displayed, order.remaining());
      touch(order);
    }
    ledger.rehold(order);
    state.emit(
        new EngineEvent.Amended(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            newQuantity,
            clientId,
            before));
  }

  void move(Order order, long newPrice) {
    removeFromBook(order);
    order.price = newPrice;
    ledger.rehold(order);
    state.emit(
        new EngineEvent.Moved(
            order.symbol.id,
            order.orderId,
            order.account,
            order.symbol.nextExecutionId++,
            newPrice));
    take(order);
  }
}
