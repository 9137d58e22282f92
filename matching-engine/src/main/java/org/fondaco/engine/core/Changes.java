package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.AmendOrderDecoder;
import org.fondaco.engine.sbe.MoveOrderDecoder;

/** Changes of orders that stay open: amend (less quantity, same priority) and Move (new price). */
final class Changes {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private final EventWriter events;
  private final Admission admission;
  private final Placement placement;
  private final Matcher matcher;
  private final Life life;
  private final Requests requests;
  private final long[] origId = new long[Orders.CLIENT_ID_LONGS];
  private final long[] newId = new long[Orders.CLIENT_ID_LONGS];
  private final long[] noId = new long[Orders.CLIENT_ID_LONGS];
  private final long[] oldId = new long[Orders.CLIENT_ID_LONGS];

  Changes(
      Venue venue,
      Admission admission,
      Placement placement,
      Matcher matcher,
      Life life,
      Requests requests) {
    this.venue = venue;
    this.admission = admission;
    this.placement = placement;
    this.matcher = matcher;
    this.life = life;
    this.requests = requests;
    orders = venue.orders;
    lists = venue.lists;
    events = venue.events;
  }

  /** Handles AmendOrder. */
  void amend(AmendOrderDecoder command) {
    int body = command.offset();
    ClientIdCodec.read(
        command.buffer(), body + AmendOrderDecoder.origClientOrderIdEncodingOffset(), origId);
    ClientIdCodec.read(
        command.buffer(), body + AmendOrderDecoder.newClientOrderIdEncodingOffset(), newId);
    long account = command.account();
    Market m = venue.findMarket(command.symbol());
    RejectReason reason = requests.missing(account, m, NONE);
    if (reason == NONE && m != null) {
      reason = amend(m, account, command.orderId(), command.newQuantity());
    }
    if (reason != NONE) {
      events.rejected(RejectStage.AMEND, reason, account, command.symbol(), 0);
    }
  }

  private RejectReason amend(Market m, long account, long orderId, long quantity) {
    if (m.status != Codes.TRADING && m.status != Codes.CANCEL_ONLY) {
      return MARKET_CLOSED;
    }
    int o = requests.find(account, m, orderId, origId);
    if (o < 0) {
      return UNKNOWN_ORDER;
    }
    int list = orders.list(o);
    int sibling = list < 0 ? -1 : lists.sibling(list, orders.leg(o));
    boolean after = sibling >= 0 && orders.leg(sibling) > orders.leg(o);
    int first = sibling < 0 || after ? o : sibling;
    int second = sibling < 0 ? -1 : after ? sibling : o;
    RejectReason reason = amendable(m, o, first, second, quantity);
    if (reason != NONE) {
      return reason;
    }
    long lots = quantity / m.lotUnit;
    apply(m, first, lots, first == o);
    if (second >= 0) {
      apply(m, second, lots, second == o);
    }
    if (list >= 0 && lists.held(list) > 0) {
      life.holdList(m, list, first, second < 0 ? first : second);
    }
    return NONE;
  }

  private RejectReason amendable(Market m, int o, int first, int second, long quantity) {
    int most = m.rules.maxAmends;
    if (most > 0 && orders.cold(o, Orders.AMENDS) >= most) {
      return MAX_NUM_ORDER_AMENDS;
    }
    long done = orders.quantity(o) - orders.left(o);
    if (quantity <= done * m.lotUnit || quantity >= orders.quantity(o) * m.lotUnit) {
      return AMEND_QUANTITY;
    }
    RejectReason reason = amendFilters(m, first, quantity);
    if (reason == NONE && second >= 0) {
      reason = amendFilters(m, second, quantity);
    }
    if (reason == NONE && !ClientIds.same(orders.clientIdArray(), orders.clientIdAt(o), newId, 0)) {
      reason = admission.clientId(orders.position(o), newId);
    }
    return reason;
  }

  private RejectReason amendFilters(Market m, int o, long quantity) {
    int type = orders.type(o);
    RejectReason reason = Admission.lotSize(m.rules, type, quantity);
    if (reason != NONE) {
      return reason;
    }
    long lots = quantity / m.lotUnit;
    return admission.notional(m, type, orders.price(o), lots, 0) ? NONE : NOTIONAL;
  }

  private void apply(Market m, int o, long lots, boolean target) {
    long less = orders.quantity(o) - lots;
    orders.quantity(o, lots);
    orders.left(o, orders.left(o) - less);
    if (orders.side(o) == Codes.BUY) {
      venue.positions.addOpenBuy(orders.position(o), -less);
    }
    if (orders.state(o) == Orders.RESTING) {
      venue.books.shrink(m, o);
    }
    if (orders.held(o) > 0) {
      life.hold(m, o);
    }
    System.arraycopy(
        orders.clientIdArray(), orders.clientIdAt(o), oldId, 0, Orders.CLIENT_ID_LONGS);
    if (target && newId[0] != 0) {
      venue.clientIds.remove(o);
      System.arraycopy(
          newId, 0, orders.clientIdArray(), orders.clientIdAt(o), Orders.CLIENT_ID_LONGS);
      venue.clientIds.add(o);
    }
    orders.addCold(o, Orders.AMENDS, 1);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
    events.amended(m, o, oldId, 0);
  }

  /** Handles MoveOrder. */
  void move(MoveOrderDecoder command) {
    long account = command.account();
    Market m = venue.findMarket(command.symbol());
    int o = m == null ? -1 : requests.find(account, m, command.orderId(), noId);
    int accountSlot = o >= 0 ? orders.accountSlot(o) : venue.accounts.find(account);
    RejectReason reason = placement.checkOpen(account, accountSlot, m);
    if (reason == NONE && m != null) {
      reason = o < 0 ? UNKNOWN_ORDER : move(m, o, command.newPrice());
    }
    if (reason != NONE) {
      events.rejected(RejectStage.MOVE, reason, account, command.symbol(), 0);
    }
  }

  private RejectReason move(Market m, int o, long price) {
    if (orders.type(o) != Codes.LIMIT || orders.list(o) >= 0 || orders.state(o) != Orders.RESTING) {
      return MOVE_NOT_SUPPORTED;
    }
    if (price <= 0 || Admission.outsidePrices(m.rules, price)) {
      return PRICE_FILTER;
    }
    long ticks = price / m.tickUnit;
    int side = orders.side(o);
    if (!admission.percentPrice(m, side, ticks)) {
      return PERCENT_PRICE_BY_SIDE;
    }
    long unit = ticks * m.k;
    if (Math.multiplyHigh(unit, orders.quantity(o)) != 0
        || Long.compareUnsigned(unit * orders.quantity(o), Ledger.LIMIT) > 0
        || !admission.notional(m, Codes.LIMIT, ticks, orders.quantity(o), 0)) {
      return NOTIONAL;
    }
    if (side == Codes.BUY
        && orders.left(o) * unit - orders.held(o)
            > venue.ledger.available(orders.quoteBalance(o))) {
      return INSUFFICIENT_BALANCE;
    }
    venue.books.remove(m, o);
    orders.state(o, Orders.ACTIVE);
    orders.price(o, ticks);
    orders.cold(o, Orders.UPDATE_TIME, venue.time);
    life.hold(m, o);
    events.moved(m, o);
    matcher.run(m, o);
    return NONE;
  }
}
