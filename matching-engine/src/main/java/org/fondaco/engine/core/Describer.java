package org.fondaco.engine.core;

import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.sbe.ListStateEncoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.OrderSpecEncoder;
import org.fondaco.engine.sbe.OrderStateEncoder;
import org.fondaco.engine.sbe.SymbolStateEncoder;

/** Says the present state as events that prime a read model; changes nothing. */
final class Describer {

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final Venue venue;
  private final State state;
  private final EventWriter events;
  private final ControlEvents control;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderStateEncoder orderState = new OrderStateEncoder();
  private final ListStateEncoder listState = new ListStateEncoder();
  private final SymbolStateEncoder symbolState = new SymbolStateEncoder();

  Describer(Venue venue, State state, ControlEvents control) {
    this.venue = venue;
    this.state = state;
    this.control = control;
    events = venue.events;
  }

  void describe() {
    for (int slot = 0; slot < venue.assets.size(); slot++) {
      control.asset(slot);
    }
    for (int i = 0; i < venue.marketCount(); i++) {
      Market m = venue.marketById(i);
      control.symbol(m);
      for (int tier = 0; tier < Market.TIERS; tier++) {
        if ((m.makerRate[tier] | m.takerRate[tier]) != 0) {
          control.fees(m, tier);
        }
      }
    }
    for (int slot = 0; slot < venue.accounts.size(); slot++) {
      if (!SystemAccounts.isSystem(venue.accounts.id(slot)) || venue.accounts.killed(slot)) {
        control.account(slot);
      }
      if (venue.accounts.frozen(slot)) {
        control.frozen(slot);
      }
    }
    control.venue();
    for (int b : state.balanceSlots()) {
      Ledger ledger = venue.ledger;
      events.balanceChanged(
          venue.accounts.id(ledger.account(b)),
          venue.assets.id(ledger.asset(b)),
          ledger.total(b),
          ledger.held(b));
    }
    for (int list : state.listSlots()) {
      list(list);
    }
    for (int o : state.orderSlots()) {
      order(o);
    }
    for (int i = 0; i < venue.marketCount(); i++) {
      Market m = venue.marketById(i);
      levels(m, m.bids, Codes.BUY);
      levels(m, m.asks, Codes.SELL);
      symbolState(m);
    }
  }

  private void levels(Market m, Ladder ladder, int side) {
    for (int level = ladder.best(); level >= 0; level = ladder.worse(level)) {
      long updateId = m.nextUpdateId;
      m.nextUpdateId--;
      events.levelChanged(m, side, ladder.ticks(level), venue.levels.shown(level));
      m.nextUpdateId = updateId;
    }
  }

  private void symbolState(Market m) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + SymbolStateEncoder.BLOCK_LENGTH);
    symbolState.wrapAndApplyHeader(sink.buffer(), at, header);
    symbolState.symbol(m.id);
    symbolState.lastPrice(m.lastTicks * m.tickUnit);
    symbolState.nextTradeId(m.nextTradeId);
    symbolState.updateId(m.nextUpdateId - 1);
    sink.commit();
  }

  private void list(int list) {
    Lists lists = venue.lists;
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + ListStateEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    listState.wrapAndApplyHeader(buffer, at, header);
    listState.symbol(venue.market(lists.market(list)).id);
    listState.orderListId(lists.id(list));
    listState.account(lists.account(list));
    listState.contingencyType((short) lists.contingency(list).ordinal());
    ClientIdCodec.write(
        buffer,
        at + HEADER + ListStateEncoder.listClientOrderIdEncodingOffset(),
        lists.clientIdArray(),
        lists.clientIdAt(list));
    listState.order1(lists.legId(list, 0));
    listState.order2(lists.legId(list, 1));
    listState.order3(lists.legId(list, 2));
    listState.acceptedTime(lists.acceptedTime(list));
    sink.commit();
  }

  private void order(int o) {
    Orders orders = venue.orders;
    Market m = venue.market(orders.market(o));
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + OrderStateEncoder.BLOCK_LENGTH);
    orderState.wrapAndApplyHeader(sink.buffer(), at, header);
    orderState.symbol(m.id);
    orderState.orderId(orders.id(o));
    orderState.account(orders.account(o));
    orderState.orderListId(orders.list(o) < 0 ? -1 : venue.lists.id(orders.list(o)));
    orderState.status((short) status(o).ordinal());
    orderState.working((short) (orders.state(o) == Orders.RESTING ? 1 : 0));
    spec(m, o, orderState.spec());
    orderState.executedQuantity(orders.executed(o) * m.lotUnit);
    orderState.executedQuote(orders.cold(o, Orders.EXECUTED_QUOTE));
    orderState.preventedQuantity(orders.cold(o, Orders.PREVENTED) * m.lotUnit);
    orderState.acceptedTime(orders.cold(o, Orders.ACCEPTED_TIME));
    orderState.workingTime(orders.cold(o, Orders.WORKING_TIME));
    orderState.updateTime(orders.cold(o, Orders.UPDATE_TIME));
    orderState.trailingTime(orders.cold(o, Orders.TRAILING_TIME));
    orderState.preventedMatchId(orders.cold(o, Orders.PREVENTED_MATCH));
    sink.commit();
  }

  private OrderStatus status(int o) {
    if (venue.orders.state(o) == Orders.PENDING) {
      return OrderStatus.PENDING_NEW;
    }
    return venue.orders.executed(o) > 0 ? OrderStatus.PARTIALLY_FILLED : OrderStatus.NEW;
  }

  private void spec(Market m, int o, OrderSpecEncoder spec) {
    Orders orders = venue.orders;
    spec.side((short) orders.side(o));
    spec.type((short) orders.type(o));
    spec.timeInForce((short) orders.timeInForce(o));
    spec.selfTradePreventionMode((short) orders.mode(o));
    spec.trailingDelta((int) orders.cold(o, Orders.DELTA));
    spec.quantity(orders.quantity(o) * m.lotUnit);
    spec.quoteOrderQuantity(orders.cold(o, Orders.QUOTE_QUANTITY));
    spec.price(orders.price(o) * m.tickUnit);
    spec.stopPrice(orders.cold(o, Orders.STOP) * m.tickUnit);
    spec.icebergQuantity(orders.cold(o, Orders.ICEBERG) * m.lotUnit);
    spec.strategyId(orders.cold(o, Orders.STRATEGY_ID));
    spec.strategyType((int) orders.cold(o, Orders.STRATEGY_TYPE));
    ClientIdCodec.write(
        spec.buffer(),
        spec.offset() + OrderSpecEncoder.clientOrderIdEncodingOffset(),
        orders.clientIdArray(),
        orders.clientIdAt(o));
  }
}
